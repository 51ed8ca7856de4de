import type { BatchPlan } from '../../cluster/batches.ts';
import { type Yaml, type YamlMap, yamlMap } from '../yaml.ts';
import { keysRole } from './key-exchange.ts';
import { tagOf } from './names.ts';
import type { StepRole } from './step-role.ts';

/** The group of the nodes of which one at a time may be away. */
export const quorumGroup = 'stackprep_quorum';

/** What decides about the plays. */
export interface PlaySource {
  readonly plan: BatchPlan;
  /** The nodes that are members of a quorum. */
  readonly quorum: readonly string[];
  /** The step that needs the keys of the nodes. */
  readonly exchange?: StepRole | undefined;
}

/** Whether a step takes members away that serve already; etcd itself waits for the others when it starts first. */
export function leavesQuorum({ id, restarts }: StepRole): boolean {
  return restarts.length > 0 && id !== 'etcd';
}

/** The group of a batch, which counts from 1. */
export function batchGroup(index: number): string {
  return `stackprep_batch_${index + 1}`;
}

/** Ansible's limit is a percentage, and a play ends as soon as more of its hosts have failed. */
function maxFailPercentage({ maxFailed }: BatchPlan, hosts: number): number | undefined {
  if (!maxFailed) return undefined;
  return 'percent' in maxFailed
    ? maxFailed.percent
    : Math.min(100, Math.ceil((maxFailed.nodes * 100_000) / hosts) / 1000);
}

/** Some hosts of a step. */
interface Part {
  readonly name: string;
  /** A pattern of groups. */
  readonly hosts: string;
  readonly count: number;
  readonly isSerial: boolean;
}

function play({ id, role }: StepRole, plan: BatchPlan, { name, hosts, count, isSerial }: Part): YamlMap {
  return yamlMap({
    name,
    hosts,
    gather_facts: false,
    serial: isSerial ? 1 : undefined,
    max_fail_percentage: isSerial ? undefined : maxFailPercentage(plan, count),
    roles: [yamlMap({ role, tags: [tagOf(id, role)] })],
  });
}

/** The plays of a step on its hosts in a batch: members of a quorum after the others, one at a time. */
function plays(step: StepRole, { plan, quorum }: PlaySource, index: number): readonly YamlMap[] {
  const { id, role, isSerial } = step;
  const isWhole = plan.batches.length <= 1;
  const name = isWhole ? `Stackprep step ${id}` : `Stackprep step ${id} in batch ${index + 1}`;
  const pattern = isWhole ? role : `${role}:&${batchGroup(index)}`;
  const hosts = step.nodes.filter((each) => isWhole || plan.batches[index]?.includes(each));
  const members = leavesQuorum(step) ? hosts.filter((each) => quorum.includes(each)) : [];
  const others = hosts.length - members.length;
  const parts: readonly Part[] =
    members.length > 1
      ? [
          { name, hosts: `${pattern}:!${quorumGroup}`, count: others, isSerial },
          {
            name: `${name} on members of a quorum`,
            hosts: `${pattern}:&${quorumGroup}`,
            count: members.length,
            isSerial: true,
          },
        ]
      : [{ name, hosts: pattern, count: hosts.length, isSerial }];
  return parts.filter(({ count }) => count > 0).map((part) => play(step, plan, part));
}

/** The play that chooses the mark of the lines in which the scripts report: other output cannot have it. */
const markPlay = yamlMap({
  name: 'Stackprep mark of this run',
  hosts: 'stackprep',
  gather_facts: false,
  tags: ['always'],
  tasks: [
    yamlMap({
      name: 'Choose the mark of the lines that report results',
      'ansible.builtin.set_fact': yamlMap({ stackprep_nonce: '{{ 999999999999999 | random }}' }),
    }),
  ],
});

/** The play that reads the keys of all nodes before the first batch. */
function keysPlay({ id, role }: StepRole): YamlMap {
  return yamlMap({
    name: `Stackprep keys for ${id}`,
    hosts: role,
    gather_facts: false,
    roles: [yamlMap({ role: keysRole, tags: [tagOf(id, role)] })],
  });
}

/** The playbook: the steps in their order, one batch of nodes after another. */
export function playbook(steps: readonly StepRole[], source: PlaySource): Yaml {
  const first = source.exchange ? [keysPlay(source.exchange)] : [];
  const all = source.plan.batches.flatMap((_, index) => steps.flatMap((step) => plays(step, source, index)));
  return [markPlay, ...first, ...all];
}

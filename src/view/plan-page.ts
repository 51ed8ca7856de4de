import { type Message, msg, type Translate } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Cluster } from '../cluster/model.ts';
import { buildPlan, type Facts, type Job, type NodePlan, type NodeReport } from '../plan/plan.ts';
import type { Selection } from '../plan/selection.ts';
import type { RunState } from '../run/state.ts';
import { nodeCount } from './counts.ts';
import { failureNote } from './failures.ts';
import { reasonText } from './reasons.ts';
import { lastingOf, lastingText } from './undo.ts';

export interface PlanRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly state: RunState;
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
}

/** The known states of the nodes for a plan; without nodes that were not reached. */
export function knownFacts(state: RunState): Facts {
  return new Map(
    Object.entries(state.nodes).flatMap(([name, { facts, steps }]): [string, NodeReport][] => {
      if (!facts) return [];
      const found = Object.entries(steps).flatMap(([id, step]) =>
        step.state === undefined ? [] : [[id, { state: step.state, reasons: step.reasons }] as const],
      );
      return [[name, { facts, steps: new Map(found) }]];
    }),
  );
}

function verdict(job: Job): Message {
  if (!job.isRunnable) return msg('not supported by this version');
  if (job.state === 'unknown') return msg('unknown');
  return job.state === 'done' ? msg('nothing to do') : msg('needed');
}

function row(name: string, value: string, remark: string): string {
  const entry = `${name}: ${value}`;
  return remark === '' ? entry : `${entry.padEnd(40)} # ${remark.replace(/\s+/g, ' ')}`;
}

function nodeRows({ node, facts, jobs }: NodePlan, state: RunState, translate: Translate): readonly string[] {
  const { failure } = own(state.nodes, node.name) ?? {};
  const unseen = failure && failure.code !== 'cancelled' ? failureNote(failure) : msg('not checked');
  const about = [node.ssh.host, facts ? facts.osName : translate(unseen)].join(', ');
  return [
    '',
    row(node.name, '', about).trimEnd(),
    ...jobs.map((job) => {
      const word = job.isRunnable && !facts ? msg('unknown') : verdict(job);
      return row(
        `  ${job.step}`,
        translate(word),
        job.reasons.map((reason) => translate(reasonText(reason))).join(' '),
      );
    }),
  ];
}

function totals(plans: readonly NodePlan[]): Message {
  const jobs = plans.flatMap((plan) => plan.jobs).filter((job) => job.isRunnable);
  const count = (fits: (job: Job) => boolean): number => jobs.filter(fits).length;
  return msg(
    '{0}. Steps: {1} needed, {2} done, {3} unknown.',
    nodeCount(plans.length),
    count(({ state }) => state === 'needed' || state === 'drifted'),
    count(({ state }) => state === 'done'),
    count(({ state }) => state === 'unknown'),
  );
}

/** The dry run as a YAML document: per node, what a run would do with each step, and why. */
export function planPage({ cluster, selection, state, time }: PlanRequest, translate: Translate): string {
  const { nodes } = buildPlan(cluster, knownFacts(state), selection);
  const steps = nodes.flatMap(({ jobs }) =>
    jobs.flatMap(({ step, isRunnable }) => (isRunnable ? [step] : [])),
  );
  const lasting = lastingText(lastingOf(cluster, [...new Set(steps)]));
  const at = state.run?.finishedAt;
  const asOf = at === undefined ? msg('Not checked yet.') : msg('As of {0}.', time(at));
  const head = [
    msg('Plan of {0}: what a run would do. Nothing was changed.', cluster.name),
    asOf,
    totals(nodes),
    ...(lasting ? [lasting] : []),
  ];
  return [
    ...head.map((line) => `# ${translate(line)}`),
    ...nodes.flatMap((plan) => nodeRows(plan, state, translate)),
    '',
  ].join('\n');
}

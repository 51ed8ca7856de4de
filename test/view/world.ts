import { english, type Message, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import { outlineOf } from '../../src/cluster/outline.ts';
import { readCluster } from '../../src/rules/decode.ts';
import type { CancelRequest } from '../../src/run/cancel.ts';
import type { FailureCause, RunEvent, TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import type { ClusterSource } from '../../src/view/live.ts';

export const uri = 'file:///lab.cluster.yaml';

export const clusterText = `cluster: lab
openstack: { release: zed }
nodes:
  a: { address: 10.0.0.1, roles: [controller] }
  "c[1:2]": { address: "10.0.0.[11:12]", roles: [compute] }
steps:
  - locale
  - panko
  - upgrade
  - { name: house, on: compute, run: "true" }
`;

/** The facts of a node that runs CentOS 7. */
export const facts = {
  hostname: 'a',
  osId: 'centos',
  osVersion: '7',
  osName: 'CentOS Linux 7 (Core)',
  el: 7,
  arch: 'x86_64',
  kernel: '3.10.0-1160.el7.x86_64',
  manager: 'yum',
  user: 'root',
  bootId: 'b',
} as const;

export interface Story {
  readonly kind?: RunKind;
  readonly text?: string;
  readonly events?: readonly RunEvent[];
  /** Whether the run is in progress. */
  readonly going?: boolean;
  /** What the user has cancelled in the run. */
  readonly cancelled?: readonly CancelRequest[];
}

/** The events of a run on all nodes and steps, one second apart. */
export function timed(events: readonly RunEvent[], kind: RunKind): readonly TimedEvent[] {
  const nodes = ['a', 'c1', 'c2'];
  const steps = ['locale', 'panko', 'upgrade', 'house'];
  const begin: RunEvent = { type: 'run-started', run: 'r1', kind, cluster: 'lab', nodes, steps };
  return [begin, ...events].map((event, index) => ({ ...event, at: 1000 * (index + 1) }));
}

/** A cluster file with the state after some events; without events, before the first run. */
export function sourceAfter({
  kind = 'run',
  text = clusterText,
  events,
  going = false,
  cancelled,
}: Story): ClusterSource {
  const outline = outlineOf(readCluster(text));
  if (!outline) throw new Error('the text has no outline');
  const state = events ? timed(events, kind).reduce(reduceRun, emptyRunState) : emptyRunState;
  const scope = {
    nodes: ['a', 'c1', 'c2'],
    steps: ['locale', 'panko', 'upgrade', 'house'],
    ...(cancelled ? { cancelled } : {}),
  };
  return { outline: { uri, version: 1, ...outline }, state, ...(going ? { scope } : {}) };
}

/** A failure with a known cause, as the end of a step carries it. */
export const trouble: FailureCause = {
  line: 'Error: Nothing to do',
  explanation: {
    id: 'nothing-matched',
    line: 'Error: Nothing to do',
    cause: msg('None of the packages is in an enabled repository.'),
    advice: msg('Check the spelling.'),
    remedies: [{ kind: 'run-step', step: 'repositories' }],
  },
};

/** The text in English. */
export function seen(message: Message | undefined): string | undefined {
  return message && english(message);
}

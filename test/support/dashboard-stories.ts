import { msg } from '../../src/base/l10n.ts';
import { outlineOf } from '../../src/cluster/outline.ts';
import { readCluster } from '../../src/rules/decode.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { createReducer } from '../../src/run/state.ts';
import type { ClusterSource } from '../../src/view/live.ts';

/** When the runs of these stories start: 2026-11-30 23:16 UTC. */
export const begin = Date.UTC(2026, 10, 30, 23, 16);

const failing = {
  line: 'Error in PREIN scriptlet in rpm package python2-openstackclient',
  explanation: {
    id: 'scriptlet-failed',
    line: 'Error in PREIN scriptlet in rpm package python2-openstackclient',
    cause: msg('A scriptlet of a package failed.'),
    advice: msg('Check the spelling.'),
    remedies: [],
  },
} as const;

/** A cluster whose run can be continued event by event. */
export interface Story {
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  /** Adds events at a time, in milliseconds since the start. */
  add(after: number, ...events: readonly RunEvent[]): Story;
  source(isRunning: boolean): ClusterSource;
}

export function storyOf(text: string): Story {
  const outline = outlineOf(readCluster(text));
  if (!outline) throw new Error('the text has no outline');
  const nodes = outline.nodes.map(({ id }) => id);
  const steps = outline.steps.map(({ id }) => id);
  const reducer = createReducer();
  // As in the editor, these keep their identity, by which views know that nothing has changed.
  const clusterOutline = { uri: 'file:///lab.cluster.yaml', version: 1, ...outline };
  const scope = { nodes, steps };
  const story: Story = {
    nodes,
    steps,
    add: (after, ...events) => {
      for (const event of events) reducer.add({ ...event, at: begin + after });
      return story;
    },
    source: (isRunning) => ({
      outline: clusterOutline,
      state: reducer.state(),
      ...(isRunning ? { scope } : {}),
    }),
  };
  return story;
}

export function started({ nodes, steps }: Story): RunEvent {
  return { type: 'run-started', run: 'r1', kind: 'run', cluster: 'seed-lab', nodes, steps };
}

export function connected(node: string): readonly RunEvent[] {
  return [
    { type: 'node-connecting', node },
    { type: 'node-connected', node },
  ];
}

export function stepStarted(node: string, step: string): readonly RunEvent[] {
  return [
    { type: 'step-started', node, step },
    { type: 'phase', node, step, phase: 'apply' },
  ];
}

export function stepDone(node: string, step: string, milliseconds: number): readonly RunEvent[] {
  return [
    { type: 'step-finished', node, step, outcome: 'changed', reasons: [], milliseconds },
    { type: 'step-state', node, step, state: 'done', reasons: [] },
  ];
}

/** yum reports how many of a hundred packages are done. */
export function yumProgress(node: string, step: string, done: number): RunEvent {
  const event = { type: 'step', action: 'Installing', name: `package${done}`, done, total: 100 } as const;
  return { type: 'yum', node, step, event };
}

export const fourNodes = `cluster: seed-lab
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute] }
  openstack3: { address: 192.168.113.173, roles: [compute] }
  openstack4: { address: 192.168.113.174, roles: [compute] }
release: stein
steps: [hosts-file, repositories, upgrade, openstack-client, openstack-selinux, locale, chrony, { name: house, on: controller, run: "true" }]
`;

/** Four nodes in the middle of a run: a transaction, a failure, a lock, an unreachable node. */
export function running(): Story {
  const story = storyOf(fourNodes);
  story.add(0, started(story));
  const [first = '', second = '', third = '', fourth = ''] = story.nodes;
  const [hosts = '', repos = '', upgrade = '', client = ''] = story.steps;
  for (const node of [first, second, third]) {
    story.add(1000, ...connected(node), ...stepStarted(node, hosts));
    story.add(4000, ...stepDone(node, hosts, 3000), ...stepStarted(node, repos));
  }
  story.add(30_000, ...stepDone(first, repos, 26_000), ...stepStarted(first, upgrade));
  story.add(41_000, ...stepDone(second, repos, 37_000), ...stepStarted(second, upgrade));
  story.add(160_000, ...stepDone(second, upgrade, 119_000), ...stepStarted(second, client));
  story.add(210_000, yumProgress(first, upgrade, 72), {
    ...{ type: 'yum', node: third, step: repos },
    event: { type: 'lock-wait', pid: 1187, holder: 'PackageKit', line: '' },
  });
  story.add(
    220_000,
    {
      ...{ type: 'step-finished', node: second, step: client, outcome: 'failed' },
      reasons: [],
      milliseconds: 60_000,
      trouble: failing,
    },
    ...story.steps.slice(4, 7).map(
      (step): RunEvent => ({
        ...{ type: 'step-finished', node: second, step, outcome: 'skipped' },
        reasons: [],
        milliseconds: 0,
      }),
    ),
    { type: 'node-finished', node: second, outcome: 'failed' },
    {
      ...{ type: 'node-failed', node: fourth },
      failure: {
        code: 'host-key-changed',
        message: msg('The host key of {0} has changed.', fourth),
        action: msg('Compare the keys.'),
      },
    },
    { type: 'node-finished', node: fourth, outcome: 'unreachable' },
  );
  return story;
}

/** The same run after its end. */
export function failed(): Story {
  const story = running();
  const ahead = new Map([
    [story.nodes[0] ?? '', 2],
    [story.nodes[2] ?? '', 1],
  ]);
  for (const [node, from] of ahead) {
    story.add(240_000, ...stepDone(node, story.steps[from] ?? '', 200_000));
    story.steps.slice(from + 1).forEach((step, index) => {
      if (step === 'house' && node !== story.nodes[0]) return;
      const start = 240_000 + index * 20_000;
      story.add(start, ...stepStarted(node, step));
      story.add(start + 18_000, ...stepDone(node, step, 18_000));
    });
    story.add(400_000, { type: 'node-finished', node, outcome: 'ok' });
  }
  return story.add(400_000, { type: 'run-finished', outcome: 'failed' });
}

/** 200 nodes in one range, or each on its own line, with 25 steps. */
export function manyNodes(isRange = true): Story {
  const names = Array.from({ length: 200 }, (_, index) => `node${String(index + 1).padStart(3, '0')}`);
  const nodes = isRange
    ? '  "node[001:200]": { address: "10.0.1.[1:200]", roles: [compute] }'
    : names.map((name, index) => `  ${name}: { address: 10.0.1.${index + 1}, roles: [compute] }`).join('\n');
  const steps = Array.from(
    { length: 25 },
    (_, index) => `  - { name: step-number-${index + 1}, run: "true" }`,
  );
  return storyOf(`cluster: large\nnodes:\n${nodes}\nsteps:\n${steps.join('\n')}\n`);
}

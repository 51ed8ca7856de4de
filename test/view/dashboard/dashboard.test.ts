import assert from 'node:assert/strict';
import { english, msg } from '../../../src/base/l10n.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { dashboardOf } from '../../../src/view/dashboard/dashboard.ts';
import type { DashboardRow, DashboardView } from '../../../src/view/dashboard/model.ts';
import type { ClusterSource } from '../../../src/view/live.ts';
import { running, stepStarted } from '../../support/dashboard-stories.ts';
import { facts, sourceAfter, trouble } from '../world.ts';

const options = {
  translate: english,
  time: (at: number) => `T${at / 1000}`,
  file: () => 'lab.cluster.yaml',
  now: 60_000,
};

function view(source: ClusterSource): DashboardView {
  return dashboardOf(source, [], options);
}

function rowOf({ rows }: DashboardView, id: string): DashboardRow {
  const row = rows.find((each) => each.id === id);
  assert.ok(row, `no row ${id}`);
  return row;
}

const statuses = ({ cells }: DashboardRow): readonly string[] => cells.map(({ status }) => status);

const connected = (node: string): readonly RunEvent[] => [
  { type: 'node-connecting', node },
  { type: 'node-connected', node },
  { type: 'facts', node, facts },
];
const lockHeld: RunEvent = {
  type: 'yum',
  node: 'a',
  step: 'upgrade',
  event: { type: 'lock-wait', pid: 1187, holder: 'PackageKit', line: '' },
};
const refused: RunEvent = {
  type: 'node-failed',
  node: 'c1',
  failure: {
    code: 'host-key-changed',
    message: msg('The host key of {0} has changed.', 'c1'),
    action: msg('Compare the keys.'),
  },
};
const failed = (node: string): RunEvent => ({
  ...{ type: 'step-finished', node, step: 'upgrade', outcome: 'failed', milliseconds: 2000, reasons: [] },
  trouble,
});

describe('The dashboard of a cluster', () => {
  it('keeps no cell that would be different now, whatever has changed about its node or the run', () => {
    const story = running();
    const { nodes, steps: ids } = story;
    const again: RunEvent = {
      type: 'run-started',
      run: 'r2',
      kind: 'run',
      cluster: 'lab',
      nodes,
      steps: ids,
    };
    const steps = [
      () => story.source(true),
      () => story.source(false),
      () => story.add(300_000, { type: 'node-finished', node: 'openstack1', outcome: 'ok' }).source(true),
      () => story.add(301_000, { ...refused, node: 'openstack3' }).source(true),
      () => story.add(302_000, { type: 'run-finished', outcome: 'failed' }).source(false),
      () => story.add(303_000, again).source(true),
      () => story.add(304_000, ...stepStarted('openstack2', 'upgrade')).source(true),
      () =>
        story
          .add(305_000, { type: 'node-finished', node: 'openstack2', outcome: 'not-started' })
          .source(true),
    ];
    for (const source of steps.map((step) => step())) {
      view(source);
      assert.deepEqual(view(source), view(structuredClone(source)));
    }
    for (const step of steps.slice(2)) {
      const now = step();
      const cancelled = now.scope ? { scope: { ...now.scope, cancelled: [{ when: 'now' as const }] } } : {};
      assert.deepEqual(view({ ...now, ...cancelled }), view(structuredClone({ ...now, ...cancelled })));
    }
  });

  it('shows every node and step before the first run, and what can be started', () => {
    const { head, steps, rows, causes } = view(sourceAfter({}));
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['locale', 'panko', 'upgrade', 'house'],
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['a', 'c1', 'c2'],
    );
    assert.deepEqual(head.actions, ['run', 'check']);
    assert.deepEqual([head.run, head.percent, head.announcement], [undefined, undefined, '']);
    assert.deepEqual(causes, []);
  });

  it('distinguishes a step that a node does not have from one that is not checked', () => {
    const page = view(sourceAfter({}));
    assert.equal(statuses(rowOf(page, 'a'))[3], 'none');
    assert.equal(statuses(rowOf(page, 'c1'))[3], 'unchecked');
    assert.deepEqual(rowOf(page, 'a').cells[3]?.traits, []);
  });

  it('shows in the cell of a running step that it waits for a lock, and who holds the lock', () => {
    const events: readonly RunEvent[] = [
      ...connected('a'),
      { type: 'step-started', node: 'a', step: 'upgrade' },
      { type: 'phase', node: 'a', step: 'upgrade', phase: 'apply' },
      lockHeld,
    ];
    const page = view(sourceAfter({ events, going: true }));
    const cell = rowOf(page, 'a').cells[2];
    assert.equal(cell?.status, 'running');
    assert.equal(cell?.text, 'waiting for PackageKit (1187)');
    assert.equal(cell?.waits, 'PackageKit (1187)');
    assert.equal(cell?.startedAt, 5000);
    assert.equal(cell?.milliseconds, undefined);
    assert.deepEqual(page.head.actions, ['stopAfterStep', 'cancel']);
  });

  it('says of a node that could not be used why, in its row, its cells and a cause with actions', () => {
    const events: readonly RunEvent[] = [
      refused,
      { type: 'node-finished', node: 'c1', outcome: 'unreachable' },
      { type: 'run-finished', outcome: 'failed' },
    ];
    const page = view(sourceAfter({ events }));
    const row = rowOf(page, 'c1');
    assert.deepEqual([row.status, row.note], ['unreachable', 'host key changed']);
    assert.equal(row.traits.includes('rebuilt'), true);
    assert.equal(statuses(row)[0], 'unreachable');
    const [cause] = page.causes;
    assert.deepEqual(
      [cause?.title, cause?.text, cause?.actions],
      [
        'host key changed · c1',
        'The host key of c1 has changed. Compare the keys.',
        ['replaceHostKey', 'retry'],
      ],
    );
  });

  it('gives the same failure of several nodes one cause, in a sentence, with the line of the log', () => {
    const events: readonly RunEvent[] = [
      ...['a', 'c1', 'c2'].flatMap((node): readonly RunEvent[] => [
        ...connected(node),
        { type: 'step-started', node, step: 'upgrade' },
        failed(node),
        { type: 'node-finished', node, outcome: 'failed' },
      ]),
      { type: 'run-finished', outcome: 'failed' },
    ];
    const { causes } = view(sourceAfter({ events }));
    assert.equal(causes.length, 1);
    assert.deepEqual(causes[0]?.nodes, ['a', 'c1', 'c2']);
    assert.equal(causes[0]?.title, 'upgrade · a, c1, c2');
    assert.match(
      causes[0]?.text ?? '',
      /^None of the packages is in an enabled repository\. Check the spelling/,
    );
    assert.equal(causes[0]?.quote, 'Error: Nothing to do');
    assert.deepEqual(causes[0]?.actions, ['log', 'retry']);
  });

  it('offers during a run only what does not start another one', () => {
    const events: readonly RunEvent[] = [
      ...connected('a'),
      { type: 'step-started', node: 'a', step: 'upgrade' },
      failed('a'),
    ];
    const { causes, rows } = view(sourceAfter({ events, going: true }));
    assert.deepEqual(causes[0]?.actions, ['log']);
    assert.equal(
      rows.flatMap(({ cells }) => cells).some(({ traits }) => traits.includes('idle')),
      false,
    );
  });

  it('announces a step once all its nodes have finished it, and not before', () => {
    const locale = (node: string): readonly RunEvent[] => [
      { type: 'step-started', node, step: 'locale' },
      {
        ...{ type: 'step-finished', node, step: 'locale', outcome: 'changed' },
        milliseconds: 1,
        reasons: [],
      },
      { ...{ type: 'step-state', node, step: 'locale', state: 'done' }, reasons: [] },
    ];
    const newsOf = (...nodes: readonly string[]): string =>
      view(sourceAfter({ events: nodes.flatMap(locale), going: true })).head.announcement;
    assert.equal(newsOf('a', 'c1'), '');
    assert.equal(newsOf('a', 'c1', 'c2'), 'locale: 3 done');
  });

  it('lists the stored runs and marks the one in progress', () => {
    const source = sourceAfter({ events: [], going: true });
    const { runs } = dashboardOf(
      source,
      [
        { run: 'r1', kind: 'run', started: 1000 },
        { run: 'r0', kind: 'check', started: 500, outcome: 'failed' },
      ],
      options,
    );
    assert.deepEqual(runs, [
      { id: 'r1', text: 'T1 · run', status: 'running' },
      { id: 'r0', text: 'T0.5 · check · failed', status: 'failed' },
    ]);
  });
});

const big = `cluster: lab
nodes:
  a: { address: 10.0.0.1, roles: [controller] }
  "compute[001:012]": { address: "10.0.1.[1:12]", roles: [compute] }
steps: [locale]
`;

describe('The groups of the dashboard', () => {
  const events: readonly RunEvent[] = [
    { ...refused, node: 'compute007' } as RunEvent,
    { type: 'node-finished', node: 'compute007', outcome: 'unreachable' },
  ];

  it('make a large range one row with counts, followed by its nodes, failures first', () => {
    const { rows } = view(sourceAfter({ text: big, events }));
    assert.deepEqual(
      rows.slice(0, 4).map(({ label, group }) => [label, group !== undefined]),
      [
        ['a', false],
        ['compute[001:012]', false],
        ['compute007', true],
        ['compute001', true],
      ],
    );
    const [, group] = rows;
    assert.deepEqual([group?.isGroup, group?.size, group?.note], [true, 12, '12 nodes']);
    assert.deepEqual(group?.cells[0]?.counts, [
      { status: 'unreachable', count: 1 },
      { status: 'unchecked', count: 11 },
    ]);
  });

  it('leave small ranges as they are', () => {
    const { rows } = view(sourceAfter({}));
    assert.equal(
      rows.some(({ isGroup }) => isGroup),
      false,
    );
  });

  it('combine many nodes with numbered names even if the file has no range', () => {
    const nodes = [1, 2, 3, 5, 7, 8, 9, 10, 11].map(
      (n) => `  web${n}: { address: 10.0.0.${n}, roles: [compute] }`,
    );
    const text = `cluster: lab\nnodes:\n${nodes.join('\n')}\n  db: { address: 10.0.0.90, roles: [controller] }\nsteps: [locale]\n`;
    const { rows } = view(sourceAfter({ text }));
    assert.deepEqual(
      rows.filter(({ group }) => group === undefined).map(({ label }) => label),
      ['web*', 'db'],
    );
  });
});

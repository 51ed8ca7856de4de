import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import { changedItems, indexTree } from '../../src/client/views/tree-index.ts';
import { outlineOf } from '../../src/cluster/outline.ts';
import { readCluster } from '../../src/rules/decode.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import type { ClusterSource } from '../../src/view/live.ts';
import { failureCount, filterMessage, treeOf } from '../../src/view/tree.ts';
import type { TreeItemView, TreeOptions } from '../../src/view/tree-item.ts';
import { createTreeMemory } from '../../src/view/tree-memory.ts';
import { seen, uri } from './world.ts';

const text = `cluster: big
nodes:
  a: { address: 10.0.0.1 }
  b: { address: 10.0.0.2 }
  "c[1:8]": { address: "10.0.2.[1:8]" }
  "compute[001:200]": { address: "10.0.1.[1:200]" }
  z: { address: 10.0.0.3 }
steps:
  - locale
  - upgrade
`;
const refused = { code: 'refused', message: msg('m'), action: msg('a') } as const;

function sourceOf(events: readonly RunEvent[] = []): ClusterSource {
  const outline = outlineOf(readCluster(text));
  assert.ok(outline);
  const nodes = outline.nodes.map(({ id }) => id);
  const steps = ['locale', 'upgrade'];
  const begin: RunEvent = { type: 'run-started', run: 'r1', kind: 'run', cluster: 'big', nodes, steps };
  const state =
    events.length === 0
      ? emptyRunState
      : [begin, ...events].reduce((next, event, at) => reduceRun(next, { ...event, at }), emptyRunState);
  return { outline: { uri, version: 1, ...outline }, state };
}

function rootOf(source: ClusterSource, options: Partial<TreeOptions> = {}): TreeItemView {
  const [root] = treeOf([source], { groupBy: 'node', time: String, file: String, ...options });
  assert.ok(root);
  return root;
}

const ended = (node: string, step: string, outcome: 'changed' | 'failed'): RunEvent => ({
  ...{ type: 'step-finished', node, step, outcome, reasons: [], milliseconds: 1 },
});
const labels = ({ children }: TreeItemView): readonly string[] => children.map(({ label }) => label);
const found = ({ children }: TreeItemView, label: string): TreeItemView => {
  const item = children.find((each) => each.label === label);
  assert.ok(item, label);
  return item;
};

describe('The comparison of two nodes', () => {
  const transaction = (node: string, step: string): readonly RunEvent[] => [
    { type: 'step-started', node, step },
    {
      ...{ type: 'yum', node, step },
      event: {
        ...{
          type: 'package',
          action: 'upgrade',
          name: 'bash',
          arch: 'x86_64',
          version: '5',
          repository: 'b',
        },
        ...{ size: '1 M', dependency: false },
      },
    },
    ended(node, step, 'changed'),
  ];
  const offers = (root: TreeItemView, ...path: readonly string[]): boolean =>
    path.reduce(found, root).traits.includes('compare');

  for (const memory of [undefined, createTreeMemory()])
    it(`is offered where two logs have a package transaction, ${memory ? 'also as that changes' : 'and only there'}`, () => {
      const show = (source: ClusterSource, groupBy: 'node' | 'step') => {
        const [root] = treeOf([source], { groupBy, time: String, file: String }, memory);
        assert.ok(root);
        return root;
      };
      const one = [...transaction('a', 'upgrade'), ended('b', 'upgrade', 'changed')];
      const both = [...one, ...transaction('b', 'upgrade'), ended('z', 'upgrade', 'changed')];
      assert.equal(offers(show(sourceOf(one), 'node'), 'a', 'upgrade'), false);
      const root = show(sourceOf(both), 'node');
      assert.deepEqual(
        [offers(root, 'a', 'upgrade'), offers(root, 'b', 'upgrade'), offers(root, 'z', 'upgrade')],
        [true, true, false],
      );
      assert.equal(offers(show(sourceOf(one), 'step'), 'upgrade'), false);
      const steps = show(sourceOf(both), 'step');
      assert.deepEqual([offers(steps, 'upgrade'), offers(steps, 'locale')], [true, false]);
      assert.equal(offers(steps, 'upgrade', 'z'), false);
    });
});

describe('The level of a range in the sidebar', () => {
  it('is there for ranges with more than eight nodes, at the place of their first node', () => {
    assert.deepEqual(labels(rootOf(sourceOf())), [
      ...['a', 'b', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'],
      ...['compute[001:200]', 'z'],
    ]);
    const range = found(rootOf(sourceOf()), 'compute[001:200]');
    assert.deepEqual([range.kind, seen(range.description), range.icon], ['range', '200 nodes', 'range']);
    assert.deepEqual(labels(range).slice(0, 2), ['compute001', 'compute002']);
    assert.equal(range.target.nodes?.length, 200);
  });

  it('counts its nodes by their states and has those with failures first', () => {
    const events = [
      ended('compute001', 'locale', 'changed'),
      ended('compute001', 'upgrade', 'changed'),
      ended('compute007', 'locale', 'failed'),
      { type: 'node-failed', node: 'compute150', failure: refused } as const,
    ];
    const range = found(rootOf(sourceOf(events)), 'compute[001:200]');
    assert.equal(seen(range.description), '1 unreachable · 1 failed · 1 done · 197 not checked');
    assert.equal(range.icon, 'failed');
    assert.deepEqual(labels(range).slice(0, 4), ['compute007', 'compute150', 'compute001', 'compute002']);
  });

  it('is also below a step, for the nodes of the step', () => {
    const root = rootOf(sourceOf([ended('compute009', 'upgrade', 'failed')]), { groupBy: 'step' });
    const range = found(found(root, 'upgrade'), 'compute[001:200]');
    assert.equal(seen(range.description), '1 failed · 199 not checked');
    assert.deepEqual([range.target.step, labels(range)[0]], ['upgrade', 'compute009']);
    assert.equal(found(found(root, 'locale'), 'compute[001:200]').icon, 'range');
  });

  it('has a separate id for each step', () => {
    const ids = (item: TreeItemView): readonly string[] => [item.id, ...item.children.flatMap(ids)];
    const all = ids(rootOf(sourceOf(), { groupBy: 'step' }));
    assert.equal(new Set(all).size, all.length);
  });
});

describe('The order of the nodes in the sidebar', () => {
  const events = [ended('b', 'locale', 'failed'), ended('z', 'upgrade', 'failed')];

  it('is that of the file, unless the user wants failures first', () => {
    assert.deepEqual(labels(rootOf(sourceOf(events))).slice(0, 2), ['a', 'b']);
    const first = labels(rootOf(sourceOf(events), { failuresFirst: true }));
    assert.deepEqual(first.slice(0, 4), ['b', 'z', 'a', 'c1']);
  });

  it('keeps the order of the steps, which is that of the run', () => {
    const root = rootOf(sourceOf([ended('b', 'upgrade', 'failed')]), {
      groupBy: 'step',
      failuresFirst: true,
    });
    assert.deepEqual(labels(root), ['locale', 'upgrade']);
    assert.equal(labels(found(root, 'upgrade'))[0], 'b');
  });
});

describe('The filter of the sidebar', () => {
  const events = [
    ended('b', 'locale', 'failed'),
    ended('compute003', 'upgrade', 'failed'),
    { type: 'node-failed', node: 'compute150', failure: refused } as const,
  ];

  it('leaves failed steps, unreachable nodes and the levels that lead to them', () => {
    const root = rootOf(sourceOf(events), { onlyFailed: true });
    assert.deepEqual(labels(root), ['b', 'compute[001:200]']);
    assert.deepEqual(labels(found(root, 'b')), ['locale']);
    const range = found(root, 'compute[001:200]');
    assert.deepEqual(labels(range), ['compute003', 'compute150']);
    assert.deepEqual(labels(found(range, 'compute150')), []);
    const upgrade = found(rootOf(sourceOf(events), { onlyFailed: true, groupBy: 'step' }), 'upgrade');
    assert.deepEqual(labels(found(upgrade, 'compute[001:200]')), ['compute003', 'compute150']);
  });

  it('says what it leaves out, also when nothing failed', () => {
    assert.equal(seen(filterMessage([rootOf(sourceOf(events))])), 'Only failed nodes and steps are shown.');
    assert.equal(
      seen(filterMessage([rootOf(sourceOf())])),
      'Nothing failed. Only failed nodes and steps are shown.',
    );
    assert.equal(filterMessage([]), undefined);
    assert.deepEqual(labels(rootOf(sourceOf(), { onlyFailed: true })), []);
  });

  it('has as its number every failed step and every unreachable node', () => {
    assert.equal(failureCount([rootOf(sourceOf(events))]), 3);
    assert.equal(failureCount([rootOf(sourceOf([ended('b', 'locale', 'changed')]))]), 0);
  });
});

describe('A cluster of 200 nodes in the sidebar', () => {
  const index = (events: readonly RunEvent[]) =>
    indexTree(treeOf([sourceOf(events)], { groupBy: 'node', time: String, file: String }));
  const before: readonly RunEvent[] = [ended('a', 'locale', 'changed')];

  it('redraws the step that ended, its node and the cluster, and no other node', () => {
    const after = index([...before, ended('compute100', 'locale', 'changed')]);
    assert.deepEqual(
      changedItems(index(before), after)?.map((id) => after.item(id)?.label),
      ['big', 'compute100', 'locale'],
    );
  });

  it('makes no item of a node again that has not changed, grouped by either', () => {
    const source = sourceOf(before);
    const state = reduceRun(source.state, { ...ended('compute100', 'locale', 'failed'), at: 9 });
    for (const groupBy of ['node', 'step'] as const) {
      const memory = createTreeMemory();
      const options = { groupBy, time: String, file: String };
      const items = (of: ClusterSource) => [...indexTree(treeOf([of], options, memory)).all()];
      const first = new Set(items(source));
      const made = items({ ...source, state }).filter((item) => !first.has(item));
      assert.ok(made.length < 20, `${groupBy}: ${made.length}`);
      assert.ok(made.some(({ label }) => label === (groupBy === 'node' ? 'locale' : 'compute100')));
      // Everything is made again for another file or another run.
      assert.equal(
        items({ ...source, outline: { ...source.outline } }).filter((item) => first.has(item)).length,
        0,
      );
    }
  });

  it('redraws the range too when the failure moves a node to the top of its range', () => {
    const after = index([...before, ended('compute100', 'locale', 'failed')]);
    // The step after the failure is not blocked before the node has ended.
    assert.deepEqual(
      changedItems(index(before), after)?.map((id) => after.item(id)?.label),
      ['big', 'compute[001:200]', 'compute100', 'locale'],
    );
  });
});

describe('An item of the sidebar', () => {
  it('names its kind and its position for a screen reader', () => {
    const root = rootOf(sourceOf([ended('b', 'upgrade', 'failed')]));
    assert.match(seen(root.spoken) ?? '', /^cluster big: 1 failed · 421 not checked/);
    assert.equal(seen(found(root, 'b').spoken), 'node 2 of 211, b: 1 failed · 1 not checked');
    assert.equal(seen(found(found(root, 'b'), 'upgrade').spoken), 'step 2 of 2, b, upgrade: failed');
    assert.equal(
      seen(found(root, 'compute[001:200]').spoken),
      'range of 200 nodes, compute[001:200]: 200 nodes',
    );
    const byStep = rootOf(sourceOf([ended('b', 'upgrade', 'failed')]), { groupBy: 'step' });
    const upgrade = found(byStep, 'upgrade');
    assert.equal(seen(upgrade.spoken), 'step 2 of 2, upgrade: 1 failed · 210 not checked');
    assert.equal(seen(found(upgrade, 'b').spoken), 'node 2 of 211, b, upgrade: failed');
  });

  it('opens its log if there is one, else its place in the file', () => {
    const step = { node: 'b', step: 'upgrade' } as const;
    const events: readonly RunEvent[] = [
      { type: 'step-started', ...step },
      ended('b', 'upgrade', 'failed'),
      { type: 'node-failed', node: 'z', failure: refused },
    ];
    const root = rootOf(sourceOf(events));
    const opens = (...path: readonly string[]) => path.reduce(found, root).opens;
    assert.deepEqual([root.opens, opens('a'), opens('a', 'locale')], ['file', 'file', 'file']);
    assert.deepEqual([opens('b'), opens('b', 'locale'), opens('b', 'upgrade')], ['log', 'file', 'log']);
    assert.deepEqual([opens('z'), opens('compute[001:200]')], ['log', 'file']);
    const byStep = rootOf(sourceOf(events), { groupBy: 'step' });
    assert.equal(found(byStep, 'upgrade').opens, 'file');
  });

  it('shows the errors of its file and has their icon', () => {
    const root = rootOf({ ...sourceOf(), errors: 8 });
    assert.deepEqual([seen(root.description), root.icon], ['8 errors · 211 nodes', 'faulty']);
    assert.ok(root.traits.includes('errors'));
    assert.ok(!rootOf(sourceOf()).traits.includes('errors'));
  });
});

import assert from 'node:assert/strict';
import { pickItem } from '../../../src/client/views/pick-item.ts';
import { changedItems, indexTree } from '../../../src/client/views/tree-index.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { treeOf } from '../../../src/view/tree.ts';
import type { GroupBy } from '../../../src/view/tree-item.ts';
import { sourceAfter, uri } from '../../view/world.ts';

const found: RunEvent = { type: 'step-state', node: 'a', step: 'upgrade', state: 'needed', reasons: [] };

function items(events: readonly RunEvent[] = [], groupBy: GroupBy = 'node') {
  return indexTree(treeOf([sourceAfter({ events, kind: 'check' })], { groupBy, time: String, file: String }));
}

describe('The sidebar', () => {
  it('redraws only what has changed', () => {
    const changed = changedItems(items(), items([found]));
    assert.deepEqual(
      changed?.map((id) => items().item(id)?.label),
      ['lab', 'a', 'upgrade'],
    );
    assert.deepEqual(changedItems(items(), items()), []);
  });

  it('is redrawn completely when the clusters change', () => {
    assert.equal(changedItems(items(), indexTree([])), undefined);
  });

  it('knows the parent of every item', () => {
    const index = items();
    const [root = ''] = index.roots;
    const [node] = index.item(root)?.children ?? [];
    assert.equal(index.parent(node?.id ?? ''), root);
    assert.equal(index.parent(root), undefined);
  });
});

describe('The item that a code lens reveals in the sidebar', () => {
  const label = (events: readonly RunEvent[], target: Parameters<typeof pickItem>[1], by: GroupBy = 'node') =>
    pickItem([...items(events, by).all()], target)?.label;

  it('is the cluster, the node or the step when there is an item for it', () => {
    assert.equal(label([], { uri }), 'lab');
    assert.equal(label([], { uri, nodes: ['c2'] }), 'c2');
    assert.equal(label([], { uri, step: 'upgrade' }, 'step'), 'upgrade');
    assert.equal(label([], { uri, nodes: ['c2'], step: 'upgrade' }, 'step'), 'c2');
    assert.equal(label([], { uri, nodes: ['c2'], step: 'upgrade' }), 'upgrade');
  });

  it('is otherwise the most urgent part', () => {
    const failed: RunEvent = { ...found, node: 'c1', step: 'locale' };
    const item = pickItem([...items([failed]).all()], { uri, step: 'locale' });
    assert.deepEqual(item?.target, { uri, nodes: ['c1'], step: 'locale' });
  });
});

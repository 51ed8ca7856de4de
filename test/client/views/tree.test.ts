import assert from 'node:assert/strict';
import { once } from 'node:events';
import { msg, plain } from '../../../src/base/l10n.ts';
import type { TreeItemView } from '../../../src/view/tree-item.ts';
import { bundleClient, type ClientBundle } from '../../support/client-bundle.ts';

type Exports = Pick<typeof import('../../../src/client/views/tree.ts'), 'createSidebar'>;

const uri = 'file:///w/demo.cluster.yaml';

/** The row of a cluster that says a number. */
function row(count: number): TreeItemView {
  return {
    ...{ id: 'cluster', kind: 'cluster', label: 'demo', icon: { shape: 'cluster' }, tooltip: [], traits: [] },
    ...{ spoken: plain('demo'), opens: 'file', isOld: false, target: { uri }, children: [] },
    description: plain(String(count)),
  } as unknown as TreeItemView;
}

/** How long VS Code waits for a further change before it reads a changed tree, in milliseconds (`ExtHostTreeView`). */
const debounce = 200;

describe('The sidebar', function () {
  this.timeout(120_000);
  let bundle: ClientBundle<Exports>;
  before(async () => {
    bundle = await bundleClient(['views/tree'], ['EventEmitter', 'TreeItem', 'Uri', 'window', 'workspace']);
  });
  after(() => bundle.dispose());

  it('reports a run that changes all the time slowly enough that VS Code draws it', async () => {
    const fires: number[] = [];
    const target = new EventTarget();
    bundle.use({
      EventEmitter: class {
        readonly event = () => ({ dispose: () => undefined });
        fire(): void {
          fires.push(performance.now());
          target.dispatchEvent(new Event('fire'));
        }
        dispose = () => undefined;
      },
      window: { createTreeView: () => ({ dispose: () => undefined }) },
      workspace: { isTrusted: true, onDidGrantWorkspaceTrust: () => ({ dispose: () => undefined }) },
    });
    let count = 0;
    const sidebar = bundle.exports.createSidebar({ items: () => [row(count)], message: () => msg('m') });
    const changing = setInterval(() => {
      count += 1;
      sidebar.update();
    }, 10);
    try {
      while (fires.length < 5) await once(target, 'fire');
    } finally {
      clearInterval(changing);
      sidebar.dispose();
    }
    const gaps = fires.slice(1).map((at, index) => at - (fires[index] ?? 0));
    assert.ok(
      gaps.every((gap) => gap > debounce),
      gaps.join(),
    );
  });
});

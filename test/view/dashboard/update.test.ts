import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { dashboardOf } from '../../../src/view/dashboard/dashboard.ts';
import type { DashboardView } from '../../../src/view/dashboard/model.ts';
import { nothingSent, updateOf } from '../../../src/view/dashboard/update.ts';
import { type Story, sourceAfter } from '../world.ts';

function view(story: Story, now = 0): DashboardView {
  return dashboardOf(sourceAfter(story), [], { translate: english, time: String, file: String, now });
}

describe('The updates of the dashboard', () => {
  it('contain everything at first', () => {
    const { update } = updateOf(view({}), nothingSent);
    assert.deepEqual(Object.keys(update ?? {}).sort(), ['causes', 'head', 'order', 'rows', 'runs', 'steps']);
  });

  it('are not sent if only time has passed', () => {
    const { sent } = updateOf(view({}, 1), nothingSent);
    assert.equal(updateOf(view({}, 2), sent).update, undefined);
  });

  it('contain only the rows that changed', () => {
    const { sent } = updateOf(view({ events: [], going: true }), nothingSent);
    const next = view({ events: [{ type: 'node-connecting', node: 'c1' }], going: true });
    const { update } = updateOf(next, sent);
    assert.deepEqual(
      update?.rows?.map(({ id }) => id),
      ['c1'],
    );
    assert.deepEqual(update?.rows?.[0]?.cells, []);
    assert.equal(update?.order, undefined);
    assert.equal(update?.steps, undefined);
  });
});

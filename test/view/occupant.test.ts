import assert from 'node:assert/strict';
import ko from '../../l10n/bundle.l10n.ko.json' with { type: 'json' };
import { english, plain, translator } from '../../src/base/l10n.ts';
import type { Occupant } from '../../src/base/occupant.ts';
import { cellOf, cellText } from '../../src/view/cell.ts';
import { dashboardOf } from '../../src/view/dashboard/dashboard.ts';
import { lensesOf } from '../../src/view/lens.ts';
import { occupantLabel, occupantLine, occupantText } from '../../src/view/occupant.ts';
import { headline, tallyOf } from '../../src/view/tally.ts';
import { treeOf } from '../../src/view/tree.ts';
import { type Story, seen, sourceAfter } from './world.ts';

const by: Occupant = { who: 'deploy@laptop2', run: 'r9', kind: 'run', step: 'upgrade', since: 7 };
const time = (at: number): string => `t${at}`;
const occupied = { type: 'node-occupied', node: 'a', by } as const;
const treeLine = (story: Story): string => {
  const [root] = treeOf([sourceAfter(story)], { groupBy: 'node', time, file: String });
  const [node] = root?.children ?? [];
  return `${node?.label} | ${seen(node?.description)} | ${node?.icon}`;
};

describe('A run of another computer', () => {
  it('is shown with who, what and since when, also for an undo and without a known step', () => {
    const { step: _, ...unknown } = by;
    const shown = [by, { ...by, kind: 'undo' as const }, unknown, { ...unknown, who: '' }];
    assert.deepEqual(
      shown.map((each) => english(occupantText(each, '22:14'))),
      [
        'deploy@laptop2 has been running upgrade here since 22:14',
        'deploy@laptop2 has been undoing upgrade here since 22:14',
        'deploy@laptop2 has been working here since 22:14',
        'Another run has been working here since 22:14',
      ],
    );
    assert.deepEqual(
      shown.map((each) => english(occupantLabel(each, '22:14'))),
      [
        'laptop2: upgrade since 22:14',
        'laptop2: undo of upgrade since 22:14',
        'laptop2: since 22:14',
        'another run: since 22:14',
      ],
    );
    assert.deepEqual(
      shown.map((each) => english(occupantLine(each))),
      [
        '== in use by deploy@laptop2 (upgrade)',
        '== in use by deploy@laptop2 (undo of upgrade)',
        '== in use by deploy@laptop2',
        '== in use by another run',
      ],
    );
    assert.equal(
      translator(ko)(occupantText(by, '22:14')),
      '22:14부터 deploy@laptop2에서 이 노드의 upgrade 단계를 실행하고 있습니다',
    );
  });

  it('is shown on its node in the tree and at its lens until the node is free', () => {
    const checked = { type: 'step-state', node: 'a', step: 'locale', state: 'done', reasons: [] } as const;
    assert.match(treeLine({ events: [checked, occupied] }), /1 done.* · laptop2: upgrade since t7/);
    assert.doesNotMatch(treeLine({ events: [occupied, { type: 'node-freed', node: 'a' }] }), /laptop2/);
    const titles = lensesOf(sourceAfter({ events: [occupied] }), { trusted: true, time }).map(({ title }) =>
      english(title),
    );
    assert.equal(titles.filter((title) => title === 'laptop2: upgrade since t7').length, 1);
  });

  it('is the reason next to a node that it kept from being used', () => {
    const text = { text: 'in use', args: [] };
    const failed = { code: 'occupied', message: text, action: text } as const;
    const events = [occupied, { type: 'node-failed', node: 'a', failure: failed }] as const;
    assert.match(treeLine({ events }), /^a \| laptop2: upgrade since t7 \|/);
  });

  it('blocks the steps of a node that it kept from being used; the node does not count as unreachable', () => {
    const text = { text: 'in use', args: [] };
    const failure = { code: 'occupied', message: text, action: text } as const;
    const node = { connection: 'failed', failure, steps: {} } as const;
    const cell = cellOf({ ...node, occupant: by }, 'locale', true);
    assert.deepEqual(cell, {
      status: 'blocked',
      kind: 'run',
      failure,
      by: 'deploy@laptop2',
      since: by.since,
    });
    assert.equal(english(cellText(cell)), 'in use by deploy@laptop2');
    assert.equal(english(cellText(cell, time)), 'in use by deploy@laptop2 since t7');
    const failed = { type: 'node-failed', node: 'a', failure: { ...failure } } as const;
    const source = sourceAfter({ events: [occupied, failed] });
    const [tree] = treeOf([source], { groupBy: 'node', time, file: String });
    assert.equal(
      english(tree?.children[0]?.children[0]?.description ?? text),
      'in use by deploy@laptop2 since t7',
    );
    const { rows } = dashboardOf(source, [], { translate: english, time, file: String, now: 0 });
    assert.equal(rows[0]?.cells[0]?.text, 'in use by deploy@laptop2 since t7');
    const unknown = cellOf(node, 'locale', true);
    assert.equal(english(cellText(unknown)), 'in use by another run');
    const lost = [{ node: 'a', failure }];
    const told = headline(tallyOf([cell, { status: 'done', kind: 'run' }], 2, lost));
    assert.equal(english(told ?? plain('')), '1 blocked by deploy@laptop2 · 1 done');
    const both = [...lost, { node: 'b', failure: { ...failure, code: 'refused' } as const }];
    const mixed = headline(tallyOf([cell], 3, both));
    assert.equal(
      english(mixed ?? plain('')),
      '1 of 3 nodes unreachable (b): connection refused · 1 blocked by deploy@laptop2',
    );
  });
});

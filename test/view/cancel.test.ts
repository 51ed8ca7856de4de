import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { cancelQuestion } from '../../src/view/cancel.ts';
import { canCancel, type Target } from '../../src/view/live.ts';
import { treeOf } from '../../src/view/tree.ts';
import type { TreeItemView } from '../../src/view/tree-item.ts';
import { clusterText, type Story, seen, sourceAfter, uri } from './world.ts';

const started = (node: string, step: string): RunEvent => ({ type: 'step-started', node, step });
const finished = (node: string, step: string): RunEvent => ({
  ...{ type: 'step-finished', node, step, outcome: 'changed', reasons: [], milliseconds: 1 },
});

/** Node a is running upgrade, c1 is running locale, and c2 is waiting. */
const events: readonly RunEvent[] = [
  { type: 'node-connected', node: 'a' },
  started('a', 'locale'),
  finished('a', 'locale'),
  started('a', 'upgrade'),
  { type: 'node-connected', node: 'c1' },
  started('c1', 'locale'),
];

/** The confirmation in English: the question, its details and its answers with when each takes effect. */
function asked(of: Omit<Target, 'uri'>, story: Partial<Story> = {}): string[] | undefined {
  const question = cancelQuestion(sourceAfter({ events, going: true, ...story }), { uri, ...of });
  return (
    question && [
      english(question.question),
      ...question.details.map(english),
      ...question.answers.map(({ label, when }) => `[${english(label)}: ${when}]`),
    ]
  );
}

const transaction = 'A package transaction is never interrupted. The step stops when it has finished.';
const careful = '[Stop After Current Step: after-step]';
const now = '[Stop Now: now]';

describe('The confirmation before a cancel', () => {
  it('names the run when the whole cluster is cancelled, and offers the careful answer first', () => {
    assert.deepEqual(asked({}), [
      'Cancel the run of lab?',
      'Running: a (upgrade), c1 (locale)',
      transaction,
      careful,
      now,
    ]);
  });

  it('names only the node when one node is cancelled, and says that the others continue', () => {
    assert.deepEqual(asked({ nodes: ['a'] }), [
      'Cancel on a?',
      'Running: a (upgrade)',
      transaction,
      'The other nodes continue.',
      careful,
      now,
    ]);
    assert.deepEqual(asked({ nodes: ['c2'] }), ['Cancel on c2?', 'The other nodes continue.', now]);
    assert.equal(asked({ nodes: ['c1', 'c2'] })?.[0], 'Cancel on 2 nodes?');
  });

  it('names only the step when one step is cancelled, on the nodes that have not finished it', () => {
    assert.deepEqual(asked({ step: 'locale' }), [
      'Cancel locale on 2 nodes?',
      'Running: c1',
      transaction,
      'Not started: c2',
      'The other steps continue.',
      '[Skip Where Not Started: after-step]',
      now,
    ]);
  });

  it('names one step on one node when both are given', () => {
    assert.deepEqual(asked({ nodes: ['a'], step: 'upgrade' }), [
      'Cancel upgrade on a?',
      'Running: a',
      transaction,
      'The other steps continue.',
      now,
    ]);
    assert.deepEqual(asked({ nodes: ['c2'], step: 'upgrade' }), [
      'Cancel upgrade on c2?',
      'Not started: c2',
      'The other steps continue.',
      '[Skip Step: after-step]',
    ]);
  });

  it('names the steps that are skipped because they depend on the cancelled one', () => {
    const text = clusterText.replace(/steps:[\s\S]*/, 'steps: [locale, upgrade, packstack, panko, house]\n');
    const question = asked({ nodes: ['a'], step: 'upgrade' }, { text });
    assert.equal(question?.includes('The other steps continue.'), true);
    const source = sourceAfter({ text, events, going: true });
    const whole = { ...source, scope: { nodes: ['a'], steps: ['locale', 'upgrade', 'packstack'] } };
    const details = cancelQuestion(whole, { uri, step: 'upgrade' })?.details.map(english);
    assert.ok(details?.includes('The other steps continue, except those that depend on it: packstack'));
  });

  it('is not shown when there is nothing left to cancel', () => {
    assert.equal(asked({ nodes: ['a'], step: 'locale' }), undefined);
    assert.equal(asked({}, { going: false }), undefined);
    const through: RunEvent = { type: 'node-finished', node: 'a', outcome: 'ok' };
    assert.equal(asked({ nodes: ['a'] }, { events: [...events, through] }), undefined);
    assert.equal(asked({ nodes: ['a'], step: 'upgrade' }, { events: [...events, through] }), undefined);
  });

  it('has one answer for a check, and does not offer to cancel a single step of a check', () => {
    const check = { kind: 'check', events: [{ type: 'node-connected', node: 'a' }] } as const;
    assert.deepEqual(asked({}, check), ['Cancel the check of lab?', now]);
    assert.equal(asked({ step: 'locale' }, check), undefined);
    assert.equal(canCancel(sourceAfter({ going: true, ...check }), { uri, nodes: ['a'] }), true);
  });
});

describe('A run with cancelled parts', () => {
  const root = (story: Partial<Story>): TreeItemView => {
    const options = { groupBy: 'node', time: String, file: String } as const;
    const [item] = treeOf([sourceAfter({ events, going: true, ...story })], options);
    assert.ok(item);
    return item;
  };
  const line = (item: TreeItemView | undefined): string => `${item?.label} | ${seen(item?.description)}`;

  it('shows the node that is stopping, and no other', () => {
    const { children } = root({ cancelled: [{ nodes: ['a'], when: 'after-step' }] });
    assert.deepEqual(
      children.map(line),
      ['a | stopping after upgrade…', 'c1 | locale… ', 'c2 | waiting'].map((text) => text.trim()),
    );
    const stopping = root({ cancelled: [{ nodes: ['a'], when: 'now' }] });
    assert.equal(line(stopping.children[0]), 'a | stopping · upgrade…');
  });

  it('shows on the cluster that the whole run is stopping', () => {
    assert.equal(line(root({ cancelled: [{ nodes: ['a'], when: 'now' }] })), 'lab | running, 0 of 3 nodes');
    const careful = root({ cancelled: [{ when: 'after-step' }] });
    assert.equal(line(careful), 'lab | stopping after current steps · running, 0 of 3 nodes');
    const both = root({ cancelled: [{ when: 'after-step' }, { when: 'now' }] });
    assert.equal(line(both), 'lab | stopping · running, 0 of 3 nodes');
  });

  it('shows a node as cancelled when its check was cancelled before it found anything', () => {
    const { children } = root({
      ...{ kind: 'check', events: [{ type: 'node-finished', node: 'a', outcome: 'cancelled' }] },
      going: false,
    });
    assert.equal(line(children[0]), 'a | cancelled');
  });

  it('shows at once which steps will no longer start', () => {
    const { children } = root({ cancelled: [{ step: 'upgrade', when: 'after-step' }] });
    const cells = children.flatMap((node) => node.children.map((cell) => `${node.label} ${line(cell)}`));
    assert.deepEqual(
      cells.filter((text) => text.includes('upgrade')),
      ['a upgrade | checking…', 'c1 upgrade | cancelled', 'c2 upgrade | cancelled'],
    );
  });

  it('does not count a cancelled step as running', () => {
    const left: RunEvent = {
      ...{ type: 'step-finished', node: 'c1', step: 'house', outcome: 'cancelled' },
      ...{ reasons: [], milliseconds: 0 },
    };
    const options = { groupBy: 'step', time: String, file: String } as const;
    const [item] = treeOf([sourceAfter({ events: [...events, left], going: true })], options);
    const steps = item?.children.map(line) ?? [];
    assert.ok(
      steps.includes('locale | 1/3') && steps.includes('house | 1 cancelled · 1 not checked'),
      steps.join(),
    );
  });

  it('offers Cancel only on tree items that still have something to cancel', () => {
    const [a] = root({}).children;
    const traits = a?.children.map((cell) => [
      cell.label,
      cell.traits.filter((trait) => trait === 'busy' || trait === 'idle'),
    ]);
    assert.deepEqual(traits, [
      ['locale', []],
      ['panko', []],
      ['upgrade', ['busy']],
    ]);
  });
});

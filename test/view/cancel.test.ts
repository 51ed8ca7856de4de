import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { cancelQuestion } from '../../src/view/cancel.ts';
import { canCancel, type Target } from '../../src/view/live.ts';
import { type TreeItemView, treeOf } from '../../src/view/tree.ts';
import { clusterText, type Story, seen, sourceAfter, uri } from './world.ts';

const started = (node: string, step: string): RunEvent => ({ type: 'step-started', node, step });
const finished = (node: string, step: string): RunEvent => ({
  ...{ type: 'step-finished', node, step, outcome: 'changed', reasons: [], milliseconds: 1 },
});

/** a is at upgrade, c1 at locale, c2 waits. */
const events: readonly RunEvent[] = [
  { type: 'node-connected', node: 'a' },
  started('a', 'locale'),
  finished('a', 'locale'),
  started('a', 'upgrade'),
  { type: 'node-connected', node: 'c1' },
  started('c1', 'locale'),
];

/** The question in English: what is asked, its details, its answers with what they mean. */
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

const transaction = 'A package transaction is never interrupted: the step stops after it.';
const careful = '[Stop After Current Step: after-step]';
const now = '[Stop Now: now]';

describe('the question before something is cancelled', () => {
  it('is about the run where the whole cluster is meant, the careful answer first', () => {
    assert.deepEqual(asked({}), [
      'Cancel the run of lab?',
      'Running: a (upgrade), c1 (locale)',
      transaction,
      careful,
      now,
    ]);
  });

  it('is about the node alone where a node is meant, and says that the others continue', () => {
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

  it('is about the step alone where a step is meant, on the nodes that are not through with it', () => {
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

  it('is about one step on one node where both are meant', () => {
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

  it('names the steps that do not begin without the cancelled one', () => {
    const text = clusterText.replace(/steps:[\s\S]*/, 'steps: [locale, upgrade, packstack, swift, house]\n');
    const question = asked({ nodes: ['a'], step: 'upgrade' }, { text });
    assert.equal(question?.includes('The other steps continue.'), true);
    const source = sourceAfter({ text, events, going: true });
    const whole = { ...source, scope: { nodes: ['a'], steps: ['locale', 'upgrade', 'packstack'] } };
    const details = cancelQuestion(whole, { uri, step: 'upgrade' })?.details.map(english);
    assert.ok(details?.includes('The other steps continue, except those that build on it: packstack'));
  });

  it('is not asked where nothing is left to cancel', () => {
    assert.equal(asked({ nodes: ['a'], step: 'locale' }), undefined);
    assert.equal(asked({}, { going: false }), undefined);
    const through: RunEvent = { type: 'node-finished', node: 'a', outcome: 'ok' };
    assert.equal(asked({ nodes: ['a'] }, { events: [...events, through] }), undefined);
    assert.equal(asked({ nodes: ['a'], step: 'upgrade' }, { events: [...events, through] }), undefined);
  });

  it('about a check has one answer, and a check cannot be cancelled at one step', () => {
    const check = { kind: 'check', events: [{ type: 'node-connected', node: 'a' }] } as const;
    assert.deepEqual(asked({}, check), ['Cancel the check of lab?', now]);
    assert.equal(asked({ step: 'locale' }, check), undefined);
    assert.equal(canCancel(sourceAfter({ going: true, ...check }), { uri, nodes: ['a'] }), true);
  });
});

describe('what was cancelled of a run in progress', () => {
  const root = (story: Partial<Story>): TreeItemView => {
    const options = { groupBy: 'node', time: String, file: String } as const;
    const [item] = treeOf([sourceAfter({ events, going: true, ...story })], options);
    assert.ok(item);
    return item;
  };
  const line = (item: TreeItemView | undefined): string => `${item?.label} | ${seen(item?.description)}`;

  it('is shown on the node that stops, and on no other', () => {
    const { children } = root({ cancelled: [{ nodes: ['a'], when: 'after-step' }] });
    assert.deepEqual(
      children.map(line),
      ['a | stops after upgrade…', 'c1 | locale… ', 'c2 | waiting'].map((text) => text.trim()),
    );
    const stopping = root({ cancelled: [{ nodes: ['a'], when: 'now' }] });
    assert.equal(line(stopping.children[0]), 'a | stopping · upgrade…');
  });

  it('is shown on the cluster where the whole run stops', () => {
    assert.equal(line(root({ cancelled: [{ nodes: ['a'], when: 'now' }] })), 'lab | running, 0 of 3 nodes');
    const careful = root({ cancelled: [{ when: 'after-step' }] });
    assert.equal(line(careful), 'lab | stops after the current steps · running, 0 of 3 nodes');
    const both = root({ cancelled: [{ when: 'after-step' }, { when: 'now' }] });
    assert.equal(line(both), 'lab | stopping · running, 0 of 3 nodes');
  });

  it('is shown on a node whose check was cancelled before it found anything', () => {
    const { children } = root({
      ...{ kind: 'check', events: [{ type: 'node-finished', node: 'a', outcome: 'cancelled' }] },
      going: false,
    });
    assert.equal(line(children[0]), 'a | cancelled');
  });

  it('is shown at once on the steps that will not begin any more', () => {
    const { children } = root({ cancelled: [{ step: 'upgrade', when: 'after-step' }] });
    const cells = children.flatMap((node) => node.children.map((cell) => `${node.label} ${line(cell)}`));
    assert.deepEqual(
      cells.filter((text) => text.includes('upgrade')),
      ['a upgrade | checking…', 'c1 upgrade | cancelled', 'c2 upgrade | cancelled'],
    );
  });

  it('does not make a step look as if the run were at it', () => {
    const left: RunEvent = {
      ...{ type: 'step-finished', node: 'c1', step: 'house', outcome: 'cancelled' },
      ...{ reasons: [], milliseconds: 0 },
    };
    const options = { groupBy: 'step', time: String, file: String } as const;
    const [item] = treeOf([sourceAfter({ events: [...events, left], going: true })], options);
    const steps = item?.children.map(line) ?? [];
    assert.ok(
      steps.includes('locale | 1/3') && steps.includes('house | 1 cancelled, 1 not checked'),
      steps.join(),
    );
  });

  it('offers Cancel only on items of which something is left', () => {
    const [a] = root({}).children;
    const traits = a?.children.map((cell) => [
      cell.label,
      cell.traits.filter((trait) => trait === 'busy' || trait === 'idle'),
    ]);
    assert.deepEqual(traits, [
      ['locale', []],
      ['swift', []],
      ['upgrade', ['busy']],
    ]);
  });
});

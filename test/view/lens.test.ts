import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { type LensDensity, lensesOf } from '../../src/view/lens.ts';
import { clusterText, type Story, seen, sourceAfter, uri } from './world.ts';

/** The titles of the code lenses, grouped by the text that they are above. */
function lenses(story: Story, trusted = true): Record<string, string[]> {
  const rows: Record<string, string[]> = {};
  const text = story.text ?? clusterText;
  for (const { span, title, action } of lensesOf(sourceAfter(story), { trusted })) {
    const key = text.slice(span.start, span.end);
    rows[key] = [...(rows[key] ?? []), `${seen(title)}${action ? '' : ' (no action)'}`];
  }
  return rows;
}

const state = (node: string, step: string, found: 'done' | 'needed'): RunEvent => ({
  ...{ type: 'step-state', node, step, state: found, reasons: [] },
});

describe('The code lenses', () => {
  it('offer to run, to check and to show the script before the first check', () => {
    assert.deepEqual(lenses({}), {
      cluster: ['▶ Run on 3 nodes', 'Check', 'Plan'],
      a: ['▶ Run 2 steps', 'Check'],
      '"c[1:2]"': ['▶ Run on 2 nodes', 'Check'],
      locale: ['▶ Run on 3 nodes', 'Check', 'Script'],
      panko: ['No packages for this release (no action)'],
      upgrade: ['▶ Run on 3 nodes', 'Check', 'Script'],
      house: ['▶ Run on 2 nodes', 'Check', 'Script'],
    });
  });

  it('handle steps and nodes that are named like members of Object.prototype', () => {
    const text = `cluster: lab
nodes: { constructor: { address: 10.0.0.1 } }
steps: [{ name: toString, run: "true" }, { name: valueOf, run: "true" }]
`;
    const titles = (events?: readonly RunEvent[]) =>
      lensesOf(sourceAfter({ text, ...(events ? { events } : {}) }), { trusted: true }).map(
        ({ span, title }) => `${text.slice(span.start, span.end)}: ${seen(title)}`,
      );
    assert.ok(titles().includes('toString: ▶ Run on 1 node'));
    const found = titles([state('constructor', 'toString', 'done')]);
    assert.ok(found.includes('toString: 1 done') && found.includes('constructor: 1 done · 1 not checked'));
  });

  it('count the states that a check found', () => {
    const events = [
      state('a', 'locale', 'done'),
      state('c1', 'locale', 'needed'),
      state('c2', 'locale', 'done'),
    ];
    const rows = lenses({ kind: 'check', events });
    assert.deepEqual(rows.locale, ['▶ Run on 3 nodes', 'Check', '2 done · 1 needed', 'Script']);
    assert.deepEqual(rows.a, ['▶ Run 2 steps', 'Check', '1 done · 1 not checked', 'Log']);
  });

  it('follow a run and offer to cancel it', () => {
    const on = { node: 'a', step: 'locale' } as const;
    const rows = lenses({
      going: true,
      events: [
        { type: 'node-connected', node: 'a' },
        { type: 'step-started', ...on },
        { type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 5 },
        { type: 'node-connected', node: 'c1' },
        { type: 'step-started', node: 'c1', step: 'locale' },
      ],
    });
    assert.deepEqual(rows.cluster, ['⟳ 0 of 3 nodes finished', 'Cancel Run…', 'Plan', 'Log']);
    assert.deepEqual(rows.locale, ['⟳ 1/3', 'Cancel This Step…', 'Log', 'Script']);
    assert.deepEqual(rows['"c[1:2]"'], ['⟳ 0 of 2 nodes finished', 'Cancel on These Nodes…', 'Log']);
    assert.deepEqual(rows.upgrade, ['Script']);
    assert.deepEqual(rows.a, ['⟳ checking…', 'Cancel on This Node…', 'Log']);
  });

  it('offer to cancel a check for the cluster and for a node but not for a step, because a check covers all steps at once', () => {
    const rows = lenses({ kind: 'check', going: true, events: [state('a', 'locale', 'done')] });
    assert.deepEqual(rows.cluster?.[1], 'Cancel Run…');
    assert.deepEqual(rows.a?.[1], 'Cancel on This Node…');
    assert.deepEqual(rows.locale, ['⟳ 1/3', 'Script']);
  });

  it('do not count a node that failed as work on a step', () => {
    const failure = { code: 'refused', message: msg('no'), action: msg('no') } as const;
    const rows = lenses({
      going: true,
      events: [
        { type: 'node-failed', node: 'a', failure },
        { type: 'node-finished', node: 'a', outcome: 'unreachable' },
      ],
    });
    assert.deepEqual(rows.locale, ['1 unreachable · 2 not checked', 'Script']);
    assert.deepEqual(rows.a, ['✗ connection refused', 'Log']);
  });

  it('offer nothing that connects to a node in an untrusted workspace', () => {
    const rows = lenses({}, false);
    assert.deepEqual(rows.cluster, ['$(shield) Trust this workspace to connect to its nodes', 'Plan']);
    assert.equal(rows.a, undefined);
    assert.deepEqual(rows.locale, ['Script']);
  });

  it('show the number of errors in place of runs, which would be refused', () => {
    const titles = (errors: number, trusted = true) =>
      lensesOf({ ...sourceAfter({}), errors }, { trusted }).map(
        ({ title, action }) => `${seen(title)} ${action}`,
      );
    const shown = titles(8);
    assert.deepEqual(shown.slice(0, 2), ['✗ 8 errors problems', 'Problems problems']);
    assert.deepEqual(
      shown.filter((each) => /run|check/i.test(each)),
      [],
    );
    assert.equal(titles(1)[0], '✗ 1 error problems');
    assert.ok(titles(8, false).some((each) => each.endsWith(' trust')));
  });

  it('are shown at the steps or at the cluster alone if the user wants fewer', () => {
    const places = (density: LensDensity) => [
      ...new Set(
        lensesOf(sourceAfter({}), { trusted: true, density }).map(({ span }) =>
          clusterText.slice(span.start, span.end),
        ),
      ),
    ];
    assert.deepEqual(places('all'), ['cluster', 'a', '"c[1:2]"', 'locale', 'panko', 'upgrade', 'house']);
    assert.deepEqual(places('steps'), ['cluster', 'locale', 'panko', 'upgrade', 'house']);
    assert.deepEqual(places('cluster'), ['cluster']);
  });

  it('pass names to their commands, never line numbers', () => {
    const targets = lensesOf(sourceAfter({}), { trusted: true }).map(({ target }) => target);
    assert.deepEqual(targets[0], { uri });
    assert.ok(targets.some(({ nodes }) => nodes?.join() === 'c1,c2'));
    assert.ok(targets.some(({ step }) => step === 'house'));
  });

  it('leave out steps that the cluster file does not name', () => {
    const text = 'cluster: lab\nsystem: { locale: en_US.UTF-8 }\nnodes:\n  a: { address: 10.0.0.1 }\n';
    assert.deepEqual(Object.keys(lenses({ text })), ['cluster', 'a']);
  });
});

import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState } from '../../src/run/state.ts';
import {
  type CheckResult,
  checkResult,
  checkSelections,
  checksIn,
  checksOf,
  missedResult,
} from '../../src/view/checks.ts';
import { sourceAfter, uri } from './world.ts';

const { outline } = sourceAfter({});
const all = [
  'a locale',
  'a upgrade',
  'c1 locale',
  'c1 upgrade',
  'c1 house',
  'c2 locale',
  'c2 upgrade',
  'c2 house',
];

const names = (checks: readonly { node: string; step: string }[]): readonly string[] =>
  checks.map(({ node, step }) => `${node} ${step}`);

const checked = (
  state: 'done' | 'needed' | 'drifted' | 'unknown',
  reasons: readonly string[] = [],
): RunEvent => ({
  type: 'step-state',
  node: 'a',
  step: 'locale',
  state,
  reasons: reasons.map((code) => ({ code, args: ['en_US.UTF-8', 'C'] })),
});

const stateAfter = (...events: readonly RunEvent[]) => sourceAfter({ kind: 'check', events }).state;

/** The kind of a result with its text. */
function told(result: CheckResult | undefined): string | undefined {
  return result && ('message' in result ? `${result.kind}: ${english(result.message)}` : result.kind);
}

describe('The checks as tests', () => {
  it('are those of each node in the order of work, without steps that this version cannot run', () => {
    assert.deepEqual(
      checksOf(outline, 'c1').map(({ id }) => id),
      ['locale', 'upgrade', 'house'],
    );
    assert.deepEqual(checksOf(outline, 'constructor'), []);
    assert.deepEqual(names(checksIn(outline, [{ uri }], [])), all);
  });

  it('are exactly those of the chosen places without the excluded ones', () => {
    const places = [
      { uri, node: 'a' },
      { uri, node: 'c1', step: 'house' },
    ];
    assert.deepEqual(names(checksIn(outline, places, [])), ['a locale', 'a upgrade', 'c1 house']);
    assert.deepEqual(names(checksIn(outline, places, [{ uri, node: 'a', step: 'locale' }])), [
      'a upgrade',
      'c1 house',
    ]);
    assert.deepEqual(names(checksIn(outline, [{ uri: 'file:///other' }], [])), []);
    assert.deepEqual(
      names(
        checksIn(
          outline,
          [{ uri }],
          [
            { uri, node: 'c1' },
            { uri, node: 'c2' },
          ],
        ),
      ),
      ['a locale', 'a upgrade'],
    );
  });

  it('are selected in as few runs as are exact', () => {
    assert.deepEqual(checkSelections(checksIn(outline, [{ uri }], [])), [
      { nodes: ['a'], steps: ['locale', 'upgrade'] },
      { nodes: ['c1', 'c2'], steps: ['locale', 'upgrade', 'house'] },
    ]);
    const some = [
      { node: 'a', step: 'upgrade' },
      { node: 'c1', step: 'locale' },
      { node: 'a', step: 'locale' },
      { node: 'c1', step: 'upgrade' },
    ];
    assert.deepEqual(checkSelections(some), [{ nodes: ['a', 'c1'], steps: ['upgrade', 'locale'] }]);
    assert.deepEqual(checkSelections([]), []);
  });

  it('pass when the step is done, and fail with the reason when it is needed or has drifted', () => {
    const check = { node: 'a', step: 'locale' };
    assert.equal(told(checkResult(stateAfter(checked('done')), check)), 'passed');
    assert.equal(told(checkResult(stateAfter(checked('needed')), check)), 'failed: The step is needed.');
    assert.equal(
      told(checkResult(stateAfter(checked('drifted')), check)),
      'failed: The node has drifted from the cluster file.',
    );
    assert.match(
      String(told(checkResult(stateAfter(checked('needed', ['check-unknown', 'nonsense'])), check))),
      /^failed: The state of the step is unknown.*"nonsense en_US/,
    );
    assert.equal(
      told(checkResult(stateAfter(checked('unknown')), check)),
      'errored: The state of the step is unknown.',
    );
  });

  it('have no result before the run has checked them, even if an earlier run did', () => {
    const check = { node: 'a', step: 'locale' };
    assert.equal(checkResult(emptyRunState, check), undefined);
    assert.equal(checkResult(stateAfter(), check), undefined);
    const state = stateAfter(checked('done'));
    const later = { ...state, ...(state.run && { run: { ...state.run, startedAt: 60_000 } }) };
    assert.equal(checkResult(later, check), undefined);
  });

  it('report why a node could not be checked, and are skipped without a reason or after a cancel', () => {
    const failed = (code: 'refused' | 'cancelled') =>
      stateAfter({
        type: 'node-failed',
        node: 'a',
        failure: {
          code,
          message: { text: 'Nothing listens on {0}.', args: ['10.0.0.1'] },
          action: { plain: 'Start sshd.' },
        },
      });
    const check = { node: 'a', step: 'locale' };
    assert.equal(
      told(missedResult(failed('refused'), check)),
      'errored: Nothing listens on 10.0.0.1. Start sshd.',
    );
    assert.equal(told(missedResult(failed('cancelled'), check)), 'skipped');
    assert.equal(told(missedResult(stateAfter(), check)), 'skipped');
    assert.equal(told(missedResult(emptyRunState, check)), 'skipped');
  });
});

import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { english, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { planPage } from '../../src/view/plan-page.ts';
import { clusterOf } from '../support/clusters.ts';
import { clusterText, facts, timed, trouble } from './world.ts';

function page(events: readonly RunEvent[], kind: RunKind = 'check'): string {
  const state = timed(events, kind).reduce(reduceRun, emptyRunState);
  return planPage({ cluster: clusterOf(clusterText), selection: {}, state, time: (at) => `t${at}` }, english);
}

describe('The plan document', () => {
  const reasons = [{ code: 'locale-missing', args: ['en_US.UTF-8'] }];
  const text = page([
    { type: 'facts', node: 'a', facts },
    { type: 'step-state', node: 'a', step: 'locale', state: 'needed', reasons },
    { type: 'step-state', node: 'a', step: 'upgrade', state: 'done', reasons: [] },
    { type: 'run-finished', outcome: 'ok' },
  ]);

  it('shows for every step on every node what a run would do', () => {
    assert.deepEqual(parse(text), {
      a: { locale: 'needed', panko: 'no packages for the release', upgrade: 'done' },
      c1: {
        locale: 'not checked',
        upgrade: 'not checked',
        house: 'not checked',
      },
      c2: {
        locale: 'not checked',
        upgrade: 'not checked',
        house: 'not checked',
      },
    });
  });

  it('shows the reasons and the time of the check, and that nothing was changed', () => {
    const [first, second, third] = text.split('\n');
    assert.equal(first, '# Plan of lab: what a run would do. Nothing was changed.');
    assert.equal(second, '# As of t5000.');
    assert.equal(third, '# 3 nodes · 1 done · 1 needed · 6 not checked · to run: 1 step');
    assert.match(text, /^ {2}locale: needed +# The locale en_US\.UTF-8 is not installed\.$/m);
    assert.match(text, /^a: +# 10\.0\.0\.1, CentOS Linux 7 \(Core\)$/m);
    assert.match(text, /^c1: +# 10\.0\.0\.11$/m);
  });

  it('has one row for an unreachable node, with the cause, and names it in the totals', () => {
    const failure = { code: 'become', message: msg('m'), action: msg('a') } as const;
    const lost = page([{ type: 'node-failed', node: 'c2', failure }]);
    assert.match(lost, /^# 3 nodes · 1 of 3 nodes unreachable \(c2\): sudo refused · 5 not checked$/m);
    assert.match(lost, /^c2: unreachable +# 10\.0\.0\.12, sudo refused$/m);
    assert.deepEqual(parse(lost).c2, 'unreachable');
  });

  it('shows the known cause of a failure, and what it blocks', () => {
    const failed: RunEvent = {
      ...{ type: 'step-finished', node: 'c1', step: 'upgrade', outcome: 'failed', milliseconds: 1 },
      ...{ reasons: [{ code: 'apply-failed', args: ['1'] }], trouble },
    };
    const skipped: RunEvent = {
      ...{
        type: 'step-finished',
        node: 'c1',
        step: 'house',
        outcome: 'skipped',
        milliseconds: 0,
        reasons: [],
      },
    };
    const after = page([failed, skipped], 'run');
    assert.match(after, /^ {2}upgrade: failed +# None of the packages is in an enabled repository\.$/m);
    assert.match(after, /^ {2}house: blocked by upgrade$/m);
    assert.match(after, /· to run: 2 steps$/m);
  });

  it('is valid YAML whatever a node reports', () => {
    const nasty = { ...facts, osName: 'Evil: {\n# "OS"' };
    assert.equal(Object.keys(parse(page([{ type: 'facts', node: 'a', facts: nasty }]))).length, 3);
    const reasons = [{ code: 'serial-failed', args: ['a: b # c\n- d'] }];
    const skipped = { type: 'step-finished', node: 'a', step: 'upgrade', outcome: 'skipped' } as const;
    const blocked = page([{ ...skipped, reasons, milliseconds: 0 }], 'run');
    assert.equal(parse(blocked).a.upgrade, 'blocked by a: b # c - d');
  });
});

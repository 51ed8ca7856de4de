import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { planPage } from '../../src/view/plan-page.ts';
import { clusterOf } from '../support/clusters.ts';
import { clusterText, facts, timed } from './world.ts';

function page(events: readonly RunEvent[]): string {
  const state = timed(events, 'check').reduce(reduceRun, emptyRunState);
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
      a: { locale: 'needed', swift: 'not supported by this version', upgrade: 'nothing to do' },
      c1: { locale: 'unknown', swift: 'not supported by this version', upgrade: 'unknown', house: 'unknown' },
      c2: { locale: 'unknown', swift: 'not supported by this version', upgrade: 'unknown', house: 'unknown' },
    });
  });

  it('shows the reasons and the time of the check, and that nothing was changed', () => {
    const [first, second, third] = text.split('\n');
    assert.equal(first, '# Plan of lab: what a run would do. Nothing was changed.');
    assert.equal(second, '# As of t5000.');
    assert.equal(third, '# 3 nodes. Steps: 1 needed, 1 done, 6 unknown.');
    assert.match(text, /^ {2}locale: needed +# The locale en_US\.UTF-8 is not installed\.$/m);
    assert.match(text, /^a: +# 10\.0\.0\.1, CentOS Linux 7 \(Core\)$/m);
    assert.match(text, /^c1: +# 10\.0\.0\.11, not checked$/m);
  });

  it('is valid YAML whatever a node reports', () => {
    const nasty = { ...facts, osName: 'Evil: {\n# "OS"' };
    assert.equal(Object.keys(parse(page([{ type: 'facts', node: 'a', facts: nasty }]))).length, 3);
  });
});

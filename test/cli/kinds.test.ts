import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import { logPlaces } from '../../src/cli/report/log-places.ts';
import { eventLine } from '../../src/cli/report/progress-log.ts';
import { summaryText } from '../../src/cli/report/summary-text.ts';
import { styleFor } from '../../src/cli/terminal/style.ts';
import type { RunEvent, TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clusterOf } from '../support/clusters.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const cluster = clusterOf('cluster: lab\nnodes: { a: { address: 10.0.0.1 } }\nsteps: [locale]\n');
const on = { node: 'a', step: 'locale' } as const;
const style = styleFor(false, {});

function story(kind: RunKind, outcome: 'changed' | 'failed' | 'cancelled'): readonly TimedEvent[] {
  const begin: RunEvent = {
    type: 'run-started',
    run: 'r',
    kind,
    cluster: 'lab',
    nodes: ['a'],
    steps: ['locale'],
  };
  const needed: RunEvent = { type: 'step-state', ...on, state: 'needed', reasons: [] };
  const reasons =
    outcome === 'failed' ? [{ code: kind === 'undo' ? 'revert-failed' : 'apply-failed', args: ['5'] }] : [];
  const work: readonly RunEvent[] = [
    { type: 'step-started', ...on },
    { type: 'phase', ...on, phase: 'apply' },
    needed,
    { type: 'step-finished', ...on, outcome, reasons, milliseconds: 1 },
  ];
  const end: RunEvent = { type: 'run-finished', outcome: outcome === 'changed' ? 'ok' : outcome };
  const events = [begin, needed, ...(kind === 'check' ? [] : work), end];
  return events.map((event, at) => ({ ...event, at: at * 1000 }));
}

describe('On the command line, check, run and undo', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
    await folder.write('runs/r/a/locale.log', 'x\n');
  });
  after(() => folder.remove());

  function summary(kind: RunKind, outcome: 'changed' | 'failed' | 'cancelled'): string {
    const state = story(kind, outcome).reduce(reduceRun, emptyRunState);
    const logs = logPlaces(({ run, node, step }) => `${folder.path}/runs/${run}/${node}/${step}.log`);
    const page = { t: english, style, columns: 200, logs, placeOf: () => undefined };
    return summaryText({ cluster, selection: {}, state }, page).replaceAll(folder.path, '');
  }

  function lines(kind: RunKind, outcome: 'changed' | 'failed'): readonly string[] {
    const options = { t: english, style, kind, widths: { node: 1, step: 6 } };
    return story(kind, outcome).flatMap((event) => eventLine(event, options) ?? []);
  }

  it('print their own lines while they run', () => {
    assert.deepEqual(lines('check', 'changed'), ['a │ locale │ ● needed']);
    assert.deepEqual(lines('run', 'changed'), ['a │ locale │ started', 'a │ locale │ ✓ changed']);
    assert.deepEqual(lines('undo', 'changed'), ['a │ locale │ undoing', 'a │ locale │ ✓ undone']);
    assert.equal(lines('undo', 'failed').at(-1), 'a │ locale │ ✗ undo failed: Undo failed with exit code 5.');
  });

  it('print their own summary after success', () => {
    assert.equal(
      summary('check', 'changed'),
      '        a\nlocale  ● needed\n\nNot done\n  ● locale needed a\n\n● 1 node · 1 needed · 2 s\n',
    );
    assert.equal(
      summary('run', 'changed'),
      '        a\nlocale  ✓ changed\n\nLogs: /runs/r\n\n✓ 1 node · 1 done (1 changed) · 6 s\n',
    );
    assert.equal(
      summary('undo', 'changed'),
      '        a\nlocale  ✓ undone\n\nLogs: /runs/r\n\n✓ 1 node · 1 undone · 6 s\n',
    );
  });

  it('print their own summary after a failed step', () => {
    const log = '/runs/r/a/locale.log\n\nLogs: /runs/r\n\n✗ 1 node · 1 failed · 6 s\n';
    assert.equal(
      summary('run', 'failed'),
      `        a\nlocale  ✗ failed\n\nFailed\n  ✗ a · locale  The step failed with exit code 5. The steps after it were not run on this node.\n    ${log}`,
    );
    assert.equal(
      summary('undo', 'failed'),
      `        a\nlocale  ✗ undo failed\n\nNot undone\n  ✗ a · locale  Undo failed with exit code 5.\n    ${log}`,
    );
  });

  it('print their own last line when cancelled', () => {
    assert.match(summary('run', 'cancelled'), /\nCancelled\. 1 node · 1 cancelled · 6 s\n$/);
    assert.match(summary('undo', 'cancelled'), /\nUndo cancelled\. 1 node · 1 cancelled · 6 s\n$/);
    assert.match(summary('check', 'cancelled'), /\nCancelled\. 1 node/);
  });

  it('name no log that was not written', () => {
    const logs = logPlaces(({ run, node, step }) => `${folder.path}/none/${run}/${node}/${step}.log`);
    const page = { t: english, style, columns: 200, logs, placeOf: () => undefined };
    for (const kind of ['run', 'undo'] as const) {
      const state = story(kind, 'failed').reduce(reduceRun, emptyRunState);
      assert.doesNotMatch(summaryText({ cluster, selection: {}, state }, page), /none|Logs/);
    }
  });

  it('report once why the connection was lost during a step', () => {
    const failure = {
      code: 'lost',
      message: msg('{0}: the connection was lost.', 'a'),
      action: msg('Connect again.'),
    } as const;
    const state = [
      ...story('undo', 'failed').slice(0, -2),
      {
        type: 'step-finished',
        ...on,
        outcome: 'interrupted',
        reasons: [{ code: 'job-unreachable', args: [] }],
        milliseconds: 1,
        at: 1,
      },
      { type: 'node-failed', node: 'a', failure, at: 2 },
      { type: 'run-finished', outcome: 'failed', at: 3 },
    ].reduce((before, event) => reduceRun(before, event as TimedEvent), emptyRunState);
    const logs = logPlaces(() => `${folder.path}/none/r/a/x`);
    const text = summaryText(
      { cluster, selection: {}, state },
      { t: english, style, columns: 200, logs, placeOf: () => undefined },
    );
    assert.match(text, /Not undone\n {2}✗ a · locale\n/);
    assert.equal(text.split('the connection was lost').length, 2, text);
  });
});

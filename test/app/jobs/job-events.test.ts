import assert from 'node:assert/strict';
import type { FollowItem } from '../../../src/app/jobs/follow.ts';
import { JobEvents } from '../../../src/app/jobs/job-events.ts';
import { type Verdict, verdictOf } from '../../../src/app/jobs/verdict.ts';
import type { Marker } from '../../../src/plan/markers.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { initialYum, reduceYum, type YumProgress } from '../../../src/yum/progress.ts';

const on = { node: 'n1', step: 'packages' };
const marker = (item: Marker): FollowItem => ({ type: 'marker', marker: item });
const log = (line: string): FollowItem => ({ type: 'log', stream: 'stdout', line });
const reason = (code: string) => ({ code, args: [] });

/** The yum parser withholds the last line of this step until it knows that no other line continues it. */
const items: readonly FollowItem[] = [
  marker({ type: 'phase', phase: 'check' }),
  marker({ type: 'because', reason: reason('package-missing') }),
  marker({ type: 'state', step: on.step, state: 'needed' }),
  log('Running transaction'),
  { type: 'notice', reason: reason('connection-lost') },
  marker({ type: 'phase', phase: 'apply' }),
  log('Importing GPG key 0xF4A80EB5:'),
];

function allEvents(from: JobEvents): readonly RunEvent[] {
  return [...items.flatMap((item) => from.of(item)), ...from.end()];
}

function verdict(end: number | string, ...markers: readonly Marker[]): Verdict {
  const events = new JobEvents(on, 0);
  for (const each of markers) events.of(marker(each));
  const code = String(end);
  return verdictOf({ end: { type: 'ended', code, intact: true }, ...events.findings, milliseconds: 1 });
}

describe('The events of a job', () => {
  it('keep the order of its log, with yum events only while the step is applied', () => {
    assert.deepEqual(
      allEvents(new JobEvents(on, 0)).map((event) => (event.type === 'yum' ? event.event.type : event.type)),
      ['phase', 'step-state', 'log', 'notice', 'phase', 'log', 'key-import'],
    );
  });

  it('omit what an earlier process reported from the log, up to its last line, but no notice', () => {
    const all = allEvents(new JobEvents(on, 0));
    const fromLog = all.filter(({ type }) => type !== 'notice');
    for (let count = 0; count <= fromLog.length; count += 1) {
      const rest = new Set(fromLog.slice(count).map((event) => JSON.stringify(event)));
      const wanted = all.filter((event) => event.type === 'notice' || rest.has(JSON.stringify(event)));
      assert.deepEqual(allEvents(new JobEvents(on, count)), wanted, `after ${count}`);
    }
  });
});

describe('The progress of a download that yum 3 does not print', () => {
  const applied = (...lines: readonly string[]): JobEvents => {
    const events = new JobEvents(on, 0);
    for (const item of [marker({ type: 'phase', phase: 'apply' }), ...lines.map(log)]) events.of(item);
    return events;
  };
  const grown = (events: JobEvents, kb: number): YumProgress =>
    events
      .of(marker({ type: 'downloaded', kb }))
      .flatMap((event) => (event.type === 'yum' ? [event.event] : []))
      .reduce(reduceYum, { ...initialYum, phase: 'download' });

  it('is the share of the size that yum has stated, and never more', () => {
    const events = applied(
      'Transaction Summary',
      '='.repeat(80),
      'Install  1 Package',
      '',
      'Total download size: 1.5 M',
      'Installed size: 3 M',
      'Downloading packages:',
    );
    assert.equal(grown(events, 768).percent, 20);
    assert.equal(grown(events, 9999).percent, 40);
  });

  it('is none without that size', () => {
    assert.equal(grown(applied('Downloading packages:'), 768).percent, undefined);
    assert.equal(grown(applied('Total download size: no'), 768).percent, undefined);
  });
});

describe('The verdict on a job', () => {
  const end: Marker = { type: 'end' };
  const result = (outcome: Extract<Marker, { type: 'result' }>['outcome']): Marker => ({
    type: 'result',
    step: on.step,
    outcome,
    reason: reason('why'),
  });
  const because: Marker = { type: 'because', reason: reason('seen') };
  const timedOut: Marker = { type: 'notice', reason: reason('timed-out') };

  it('is the result of the step, with the reasons of its check if the step failed', () => {
    assert.deepEqual(verdict(0, because, result('changed'), end), { outcome: 'changed', reasons: [] });
    assert.deepEqual(verdict(0, because, result('failed'), end), {
      outcome: 'failed',
      reasons: [reason('why'), reason('seen')],
    });
    assert.deepEqual(verdict(0, because, result('interrupted'), end), {
      outcome: 'interrupted',
      reasons: [reason('why')],
    });
  });

  it('is failed, not cancelled, if the time limit stopped the step', () => {
    assert.deepEqual(verdict(0, result('cancelled'), end), { outcome: 'cancelled', reasons: [] });
    assert.deepEqual(verdict(0, because, timedOut, result('cancelled'), end), {
      outcome: 'failed',
      reasons: [reason('timed-out-stopped'), reason('seen')],
    });
  });

  it('does not trust an exit code if the script has no end marker or no result', () => {
    assert.equal(verdict(0, result('changed')).outcome, 'interrupted');
    assert.deepEqual(verdict(0, end), { outcome: 'failed', reasons: [reason('job-no-result')] });
  });
});

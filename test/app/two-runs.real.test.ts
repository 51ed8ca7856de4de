import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJobFiles } from '../../src/app/jobs/job-files.ts';
import type { Ports } from '../../src/app/jobs/ports.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { operate } from '../../src/app/operate.ts';
import type { Operation } from '../../src/app/operation.ts';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent, TimedEvent } from '../../src/run/events.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { type LocalNode, localNode } from '../support/local-node.ts';
import { collect, scriptedPorts } from '../support/scripted.ts';

const never = new AbortController().signal;

describe('A run on a node where a run of another computer works', () => {
  let node: LocalNode;
  let state: string;
  beforeEach(function () {
    if (process.platform !== 'linux') this.skip();
    node = localNode('dash');
    state = mkdtempSync(join(tmpdir(), 'stackprep-two-'));
  });
  afterEach(() => {
    node?.remove();
    if (state) clearAwaySync(state);
  });

  const file = (name: string): string => join(node.base, name);
  const slow = () => `
  - name: slow
    check: test -e ${file('slow.done')}
    run: |
      echo ran >>${file('slow.ran')}
      echo begun
      while [ ! -e ${file('go')} ]; do sleep 0.02; done
      : >${file('slow.done')}`;
  const quick = (name: string) =>
    `\n  - { name: ${name}, check: test -e ${file(name)}.done, run: 'while [ -e ${file(name)}.stop ]; do sleep 0.02; done; echo ${name} >>${file('order')}; : >${file(name)}.done' }`;
  const clusterWith = (...steps: readonly string[]) =>
    clusterOf(`cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps:${steps.join('')}\n`);
  const portsOf = (run: string, who: string, more: Partial<Ports> = {}): Ports => {
    const writeGuard = createWriteGuard();
    return {
      ...scriptedPorts({ a: { ok: true, transport: node.transport() } }),
      names: { nonce: () => `n${Math.random().toString(36).slice(2)}`, run: () => run },
      clock: { now: () => Date.now() },
      files: createJobFiles(join(state, who), writeGuard),
      ...{ writeGuard, who, ...more },
    };
  };
  const theirs = (): Promise<readonly TimedEvent[]> => {
    const cluster = clusterWith(slow(), quick('last'));
    return collect(operate({ kind: 'run', cluster, selection: {} }, portsOf('r1', 'deploy@laptop2'), never));
  };
  const begun = async (): Promise<void> => {
    while (!existsSync(file('slow.ran'))) await sleep(10);
  };
  async function mine(
    operation: Partial<Operation>,
    onEvent: (event: RunEvent) => void = () => undefined,
    more: Partial<Ports> = {},
  ): Promise<readonly TimedEvent[]> {
    const cluster = clusterWith(quick('other'), slow());
    const all: TimedEvent[] = [];
    const whole: Operation = { kind: 'run', cluster, selection: {}, ...operation };
    for await (const event of operate(whole, portsOf('r2', 'anna@laptop', more), never)) {
      all.push(event);
      onEvent(event);
    }
    return all;
  }
  const types = (events: readonly TimedEvent[]): string =>
    events.map((event) => ('outcome' in event ? `${event.type} ${event.outcome}` : event.type)).join(', ');

  it('is refused at once with who, what and since when, and changes nothing', async () => {
    const other = theirs();
    await begun();
    for (const kind of ['run', 'undo'] as const) {
      const events = await mine({ kind });
      assert.equal(
        types(events),
        'run-started, node-connecting, node-connected, node-occupied, node-failed, node-finished failed, run-finished failed',
      );
      const failed = events.find((event) => event.type === 'node-failed');
      assert.ok(failed?.type === 'node-failed');
      assert.equal(failed.failure.code, 'occupied');
      assert.match(
        english(failed.failure.message),
        /^a: deploy@laptop2 has been running slow here since \d\d:\d\d\. Nothing was started\.$/,
      );
    }
    writeFileSync(file('go'), '');
    assert.equal((await other).at(-1)?.type, 'run-finished');
    assert.equal(existsSync(file('other.done')), false);
  });

  it('is a check that reports the other run and continues', async () => {
    const other = theirs();
    await begun();
    const events = await mine({ kind: 'check' });
    const occupied = events.find((event) => event.type === 'node-occupied');
    assert.ok(occupied?.type === 'node-occupied');
    const { since, ...by } = occupied.by;
    assert.deepEqual(by, { who: 'deploy@laptop2', run: 'r1', kind: 'run', step: 'slow' });
    assert.ok(since <= Date.now());
    assert.equal(events.filter((event) => event.type === 'step-state').length, 2);
    assert.equal(types(events).endsWith('run-finished ok'), true);
    writeFileSync(file('go'), '');
    await other;
  });

  it('waits for the end of the other run, not only of its step, and then runs', async () => {
    const other = theirs();
    await begun();
    const events = await mine({ policy: { occupied: 'wait' } }, (event) => {
      if (event.type === 'node-occupied') writeFileSync(file('go'), '');
    });
    await other;
    assert.equal(readFileSync(file('order'), 'utf8'), 'last\nother\n');
    assert.equal(readFileSync(file('slow.ran'), 'utf8'), 'ran\n');
    assert.match(types(events), /node-occupied.*node-freed.*step-finished changed.*run-finished ok$/);
  });

  it('joins it on request: follows its log from step to step, starts nothing and reports what is done', async () => {
    const other = theirs();
    await begun();
    const questions: string[] = [];
    writeFileSync(file('last.stop'), '');
    const events = await mine(
      {},
      (event) => {
        if (event.type === 'log' && event.line === 'begun') writeFileSync(file('go'), '');
        if (event.type === 'step-started' && event.step === 'last') rmSync(file('last.stop'));
      },
      {
        askOccupied: async ({ node: on, by }) => {
          questions.push(`${on} ${by.who} ${by.step}`);
          return 'join';
        },
      },
    );
    await other;
    assert.deepEqual(questions, ['a deploy@laptop2 slow']);
    const ends = events.flatMap((event) =>
      event.type === 'step-finished' ? [`${event.step} ${event.outcome}`] : [],
    );
    assert.deepEqual(ends, ['slow changed', 'last changed', 'other skipped']);
    assert.equal(existsSync(file('other.done')), false);
    assert.equal(types(events).endsWith('node-finished failed, run-finished failed'), true);
    // Its end is the end of the other run's steps: nothing of it is resumed later.
    assert.equal(existsSync(join(state, 'anna@laptop', 'runs', 'r2', 'a', 'slow.1.job')), false);
  });

  it('stops following a joined run on cancel, and the other run continues', async () => {
    const other = theirs();
    await begun();
    const stop = new AbortController();
    const cluster = clusterWith(slow());
    const operation: Operation = { kind: 'run', cluster, selection: {}, policy: { occupied: 'join' } };
    const all: TimedEvent[] = [];
    for await (const event of operate(operation, portsOf('r2', 'anna@laptop'), stop.signal)) {
      all.push(event);
      if (event.type === 'log' && event.line === 'begun') stop.abort();
    }
    assert.equal(types(all).endsWith('run-finished cancelled'), true);
    assert.equal(existsSync(file('slow.done')), false);
    writeFileSync(file('go'), '');
    const ends = (await other).flatMap((event) => (event.type === 'step-finished' ? [event.outcome] : []));
    assert.deepEqual(ends, ['changed', 'changed']);
  });

  it('and begins at the same moment runs no step twice: one is refused', async () => {
    const cluster = clusterWith(slow());
    const operation: Operation = { kind: 'run', cluster, selection: {} };
    let refused = 0;
    const one = async (run: string): Promise<string> => {
      const all: TimedEvent[] = [];
      for await (const event of operate(operation, portsOf(run, `${run}@desk`), never)) {
        all.push(event);
        if (event.type === 'node-failed') refused += 1;
        if (refused === 1) writeFileSync(file('go'), '');
      }
      return types(all).replace(/^.*, /, '');
    };
    const ends = await Promise.all([one('r1'), one('r2')]);
    assert.deepEqual(ends.sort(), ['run-finished failed', 'run-finished ok']);
    assert.equal(readFileSync(file('slow.ran'), 'utf8'), 'ran\n');
  });
});

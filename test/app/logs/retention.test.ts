import assert from 'node:assert/strict';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journal } from '../../../src/app/logs/journal.ts';
import { runsFolder } from '../../../src/app/logs/paths.ts';
import { prune } from '../../../src/app/logs/retention.ts';
import { createWriteGuard } from '../../../src/app/logs/write-guard.ts';
import type { RunEvent, TimedEvent } from '../../../src/run/events.ts';
import { clearAway } from '../../support/clear-away.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 10, 25);

describe('Log retention', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-'));
  });
  afterEach(() => clearAway(folder));

  /** Writes a run that is `days` old, with a log of `kilobytes`. */
  async function keep(run: string, days: number, { finished = true, kilobytes = 1 } = {}): Promise<void> {
    const on = { node: 'a', step: 'upgrade', stream: 'stdout' } as const;
    const events: readonly RunEvent[] = [
      { type: 'run-started', run, kind: 'run', cluster: 'lab', nodes: ['a'], steps: ['upgrade'] },
      { type: 'log', ...on, line: 'x'.repeat(1000 * kilobytes) },
      ...(finished ? [{ type: 'run-finished', outcome: 'ok' } as const] : []),
    ];
    async function* timed(): AsyncGenerator<TimedEvent> {
      for (const event of events) yield { ...event, at: now - days * day };
    }
    for await (const _ of journal(timed(), {
      stateFolder: folder,
      writeGuard: createWriteGuard(),
      retention: { days: 10_000, megabytes: 10_000 },
    }));
  }
  const kept = async () => (await readdir(runsFolder(folder))).sort();

  it('removes runs that are too old, but none that may still be in progress', async () => {
    await keep('0-killed', 40, { finished: false });
    await keep('1-old', 20);
    await keep('2-going', 20, { finished: false });
    await keep('3-new', 2);
    await prune(folder, { days: 10, megabytes: 1000 }, now);
    assert.deepEqual(await kept(), ['2-going', '3-new']);
  });

  it('removes the oldest runs when the size limit is exceeded', async () => {
    for (const [at, run] of ['1', '2', '3'].entries()) await keep(run, 3 - at, { kilobytes: 400 });
    await prune(folder, { days: 30, megabytes: 2 }, now);
    assert.deepEqual(await kept(), ['2', '3']);
  });

  it('is applied by the journal when a new run starts', async () => {
    await keep('1-old', 40);
    async function* begins(): AsyncGenerator<TimedEvent> {
      const run = { run: '2', kind: 'check', cluster: 'lab', nodes: [], steps: [] } as const;
      yield { type: 'run-started', ...run, at: now };
    }
    for await (const _ of journal(begins(), { stateFolder: folder, writeGuard: createWriteGuard() }));
    assert.deepEqual(await kept(), ['2']);
  });
});

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { logFile } from '../../../src/app/logs/paths.ts';
import { type SearchRequest, searchLogs } from '../../../src/app/logs/search-logs.ts';
import type { StoredLog } from '../../../src/app/logs/stored-runs.ts';
import { clearAway } from '../../support/clear-away.ts';

describe('The search in stored logs', () => {
  let stateFolder = '';
  const written: StoredLog[] = [];
  beforeEach(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'stackprep-search-'));
    written.length = 0;
  });
  afterEach(() => clearAway(stateFolder));

  async function write(log: StoredLog, text: string): Promise<void> {
    const path = logFile(stateFolder, log);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    written.push(log);
  }
  async function* logs() {
    yield* written;
  }
  const search = (text: string, limits: Partial<SearchRequest> = {}) =>
    searchLogs({ stateFolder, logs: logs(), text, maxLines: 100, maxBytes: 1e6, ...limits });
  const log = (node: string, run = 'r1'): StoredLog => ({ run, node, step: 'upgrade' });

  it('finds lines in any case with the lines next to them, each once and none that is blank', async () => {
    await write(log('a'), 'one\nSELinux a\nselinux b\ntwo\nthree\nfour\nSeLinux\n\nfive\n');
    const { matches, ...rest } = await search('selinux');
    assert.deepEqual(rest, { logs: 1, runs: 1 });
    assert.deepEqual(
      matches[0]?.lines.map(({ row, text, isMatch }) => `${row}${isMatch ? ':' : ' '}${text}`),
      ['0 one', '1:SELinux a', '2:selinux b', '3 two', '5 four', '6:SeLinux'],
    );
  });

  it('searches what is on the screen, and skips a log that is gone', async () => {
    await write(log('a'), 'x');
    await clearAway(logFile(stateFolder, log('a')));
    await write(log('b'), '\x1b[31mfai\x1b[0mled\n');
    const { matches, logs: read } = await search('failed');
    assert.equal(read, 2);
    assert.deepEqual(
      matches.map(({ log: { node }, lines }) => [node, lines[0]?.text]),
      [['b', 'failed']],
    );
  });

  it('stops at the maximum of lines and of bytes, and reads no further log', async () => {
    for (const run of ['r2', 'r1']) await write(log('a', run), 'hit\nhit\nhit\n');
    const few = await search('hit', { maxLines: 2 });
    assert.deepEqual([few.stopped, few.logs, few.matches[0]?.lines.length], ['lines', 1, 2]);
    const short = await search('hit', { maxBytes: 5 });
    assert.deepEqual([short.stopped, short.logs, short.runs], ['bytes', 1, 1]);
    const all = await search('hit', { maxLines: 7, maxBytes: 24 });
    assert.deepEqual([all.stopped, all.logs, all.runs], [undefined, 2, 2]);
  });

  it('cuts a long line around the match', async () => {
    await write(log('a'), `${'x'.repeat(5000)}needle${'y'.repeat(5000)}\n`);
    const text = (await search('needle')).matches[0]?.lines[0]?.text ?? '';
    assert.ok(
      text.includes('needle') && text.startsWith('…') && text.endsWith('…') && text.length < 410,
      text,
    );
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readClusterText } from '../../src/app/logs/cluster-text.ts';
import { createGrowingJournal } from '../../src/app/logs/growing-journal.ts';
import { linesOf } from '../../src/app/logs/lines.ts';
import { stateOfRun } from '../../src/app/logs/run-result.ts';
import { storedLogs, storedRuns } from '../../src/app/logs/stored-runs.ts';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { type Folder, temporaryFolder } from '../cli/folder.ts';
import { hasProgram } from '../support/programs.ts';

const at = Date.UTC(2026, 10, 1);
const started = {
  format: 3,
  type: 'run-started',
  run: 'x',
  kind: 'run',
  cluster: 'c',
  nodes: ['a'],
  steps: ['locale'],
  at,
};
const finished = { type: 'run-finished', outcome: 'failed', at };
const words = ['__proto__', 'constructor', 'toString'];

const text = (...events: readonly (object | string)[]): string =>
  events.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');

/** Journals that another program, or another version, could have left. */
const journals: Readonly<Record<string, string>> = {
  'times that no calendar has': text({ ...started, at: 1e300 }, { ...finished, at: -1e300 }),
  'a later time that no calendar has': text(started, { ...finished, at: 8.7e15 }),
  'words of objects': text(
    { ...started, nodes: words, steps: words },
    ...words.map((step) => ({
      type: 'step-finished',
      node: '__proto__',
      step,
      outcome: 'failed',
      milliseconds: 1e308,
      reasons: words.map((code) => ({ code, args: ['{0}'] })),
      at,
    })),
    '{"type":"node-failed","node":"constructor","failure":{"code":"__proto__","message":{"text":"{0} {9} {__proto__}","args":["a"]},"action":{"plain":"b"}},"at":1}',
    finished,
  ),
  'names that are paths': text(
    { ...started, nodes: ['../../etc', '/etc', '..'], steps: ['../x', 'a/b'] },
    finished,
  ),
  'a value of a million levels': text('['.repeat(1_000_000), started, finished),
  'a line of 20 million characters': text(
    `${JSON.stringify(started).slice(0, -1)},"x":"${'y'.repeat(2e7)}"}`,
    finished,
  ),
  'many nodes and steps': text(
    { ...started, nodes: Array.from({ length: 50_000 }, (_, index) => `n${index}`) },
    finished,
  ),
  'formats that are none': text(
    { ...started, format: 1e21 },
    { ...started, format: '__proto__' },
    { ...started, format: -1 },
  ),
  'batches without end': text(
    started,
    { type: 'batches-planned', batches: Array.from({ length: 50_000 }, () => ['a']), at },
    { type: 'batch-started', batch: 1e300, of: -5, at },
    finished,
  ),
  nothing: '',
};

describe('Stored runs that another program has written', () => {
  let folder: Folder;
  let count = 0;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** The folder of a new run. */
  const place = (): string => {
    count += 1;
    const path = join(folder.path, 'runs', `2026-11-01T00-00-00-000Z-${String(count).padStart(6, '0')}`);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const keep = (content: string): string => {
    const path = place();
    writeFileSync(join(path, 'journal.jsonl'), content);
    return path;
  };
  const logs = async (...words: readonly string[]) => {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
    const code = await main(['logs', ...words, '--state-dir', folder.path], io);
    return { code, out: stdout.text(), err: stderr.text() };
  };

  for (const [name, content] of Object.entries(journals))
    it(`are listed or left out, shown, compared and exported: ${name}`, async () => {
      const suffix = keep(content).slice(-6);
      keep(text(started, finished));
      const list = await logs();
      assert.deepEqual([list.code, list.err], [0, '']);
      assert.match(list.out, /1 node /);
      assert.doesNotMatch(list.out, /NaN|undefined/);
      for (const words of [[suffix], [suffix, '--json'], ['compare', suffix], ['export', suffix]]) {
        const { code, out, err } = await logs(...words);
        assert.ok(code === 0 || code === 2, `${words}: ${code}`);
        assert.ok(code === 0 || err !== '', 'says why');
        assert.doesNotMatch(out + err, /NaN|undefined|\[object/);
      }
    });

  it('are left out by name if their journal is no file that can be read, and hide no other', async function () {
    if (process.platform === 'win32' || !hasProgram('mkfifo')) this.skip();
    const [folderThere, loop, pipe] = [place(), place(), place()];
    mkdirSync(join(folderThere, 'journal.jsonl'));
    symlinkSync('journal.jsonl', join(loop, 'journal.jsonl'));
    execFileSync('mkfifo', [join(pipe, 'journal.jsonl')]);
    keep(text(started, finished));
    const { code, out, err } = await logs();
    assert.equal(code, 0);
    assert.match(out, /1 node /);
    const lines = err.trim().split('\n').sort();
    const named = [
      `Run ${folderThere.slice(-31)} cannot be read: it is not a file.`,
      `Run ${loop.slice(-31)} cannot be read: ELOOP.`,
      `Run ${pipe.slice(-31)} cannot be read: it is not a file.`,
    ];
    assert.deepEqual(lines, named.sort());
  });

  it('have no log that is a link or a pipe, and no pipe in place of their other files', async function () {
    if (process.platform === 'win32' || !hasProgram('mkfifo')) this.skip();
    const path = keep(text(started, finished));
    mkdirSync(join(path, 'a'));
    writeFileSync(join(path, 'a/locale.log'), 'here\n');
    symlinkSync('/etc/passwd', join(path, 'a/kernel.log'));
    execFileSync('mkfifo', [
      join(path, 'a/selinux.log'),
      join(path, 'result.json'),
      join(path, 'cluster.yaml'),
    ]);
    const run = basename(path);
    assert.deepEqual(await storedLogs(folder.path, run), [{ run, node: 'a', step: 'locale' }]);
    assert.equal(await readClusterText(path), undefined);
    const [stored] = await storedRuns(folder.path);
    assert.ok(stored);
    const state = await stateOfRun(stored);
    assert.equal(state?.run?.outcome, 'failed');
  });

  it('keep no more of a line in memory than a line of Stackprep has', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    async function* endless(): AsyncGenerator<string> {
      for (let index = 0; index < 40; index += 1) yield piece;
      yield '\nnext';
    }
    const lengths: number[] = [];
    for await (const line of linesOf(endless())) lengths.push(line.length);
    assert.deepEqual(lengths, [16 * 1024 * 1024, 4]);
    const journal = keep(`${'y'.repeat(20 * 1024 * 1024)}\n{}\n`);
    const seen: number[] = [];
    await createGrowingJournal(journal, (line) => {
      seen.push(line.length);
      return true;
    })();
    assert.ok((seen[0] ?? 0) <= 17 * 1024 * 1024, `${seen[0]}`);
    assert.deepEqual(seen.slice(1), [2]);
  });
});

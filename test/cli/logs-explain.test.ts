import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const fixtures = join(import.meta.dirname, '../cases/yum');
const dead = join(fixtures, 'written/yum3-dead-mirrors.log');
const large = join(fixtures, 'logs/seed-07-update-1071-replacing.log');

async function call(argv: readonly string[], options: Parameters<typeof fakeIo>[0] = {}) {
  const { io, stdout, stderr } = fakeIo(options);
  const code = await main(['logs', 'explain', ...argv], io);
  return { code, out: stdout.text(), err: stderr.text() };
}

describe('stackprep logs explain', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  it('prints the main line, the cause, the remedy and what Stackprep can do, one below the other', async () => {
    const { code, out, err } = await call(['yum3-dead-mirrors.log'], { cwd: join(fixtures, 'written') });
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.deepEqual(out.trimEnd().split('\n'), [
      'yum3-dead-mirrors.log · yum 3 · failed',
      '  Error       Cannot find a valid baseurl for repo: base/7/x86_64',
      '  Line        14: curl#6 - "Could not resolve host: mirrorlist.centos.org; Unknown error"',
      '  Cause       mirrorlist.centos.org was shut down when CentOS 7 and CentOS Stream 8 reached their end of life.',
      '  What to do  Point the repositories at the archive vault.centos.org: run step `repositories`.',
      '  Stackprep   Set `repositories.archive: auto` in the cluster file.',
      '              stackprep run FILE --step repositories',
    ]);
  });

  it('prints one JSON object per file with --json, with counts that include dependencies', async () => {
    const { code, out } = await call([dead, large, '--json']);
    assert.equal(code, 0);
    const [first, second] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(Object.keys(first), [
      'file',
      'tool',
      'toolVersion',
      'outcome',
      'summary',
      'mainError',
      'explanation',
      'notes',
      'carriers',
      'runs',
      'unparsed',
    ]);
    assert.deepEqual([first.file, first.tool, first.outcome], [dead, 'yum3', 'failed']);
    assert.equal(first.mainError, 'Cannot find a valid baseurl for repo: base/7/x86_64');
    assert.equal(first.explanation.id, 'mirrorlist-gone');
    assert.match(first.explanation.line, /Could not resolve host: mirrorlist/);
    assert.deepEqual(first.explanation.remedies, [
      { kind: 'set-key', key: 'repositories.archive', value: 'auto' },
      { kind: 'run-step', step: 'repositories' },
    ]);
    assert.equal(second.outcome, 'success');
    const none = { downgrade: 0, reinstall: 0, remove: 0 };
    assert.deepEqual(second.summary, { install: 131, upgrade: 940, ...none });
    assert.deepEqual([second.mainError, second.explanation], [null, null]);
  });

  it('reads the standard input, even split within a character', async () => {
    const bytes = Buffer.from('오류: 일치하는 항목을 찾을 수 없습니다: chrny\n');
    const input = [bytes.subarray(0, 4), bytes.subarray(4)];
    const { out } = await call(['-', '--json'], { input });
    const { file, mainError, explanation } = JSON.parse(out);
    assert.deepEqual([file, mainError], ['-', '오류: 일치하는 항목을 찾을 수 없습니다: chrny']);
    assert.equal(explanation.id, 'package-missing');
    assert.match((await call(['-'], { input })).out, /^standard input · /);
  });

  it('reads a log of only stdout or only stderr', async () => {
    for (const stream of ['stdout', 'stderr']) {
      const { out } = await call([`209-local-dnf4-brokenpre.${stream}.log`, '--json'], {
        cwd: join(fixtures, 'logs'),
      });
      const { file, outcome, summary, mainError } = JSON.parse(out);
      assert.deepEqual(
        [file, outcome, summary.install, mainError],
        [`209-local-dnf4-brokenpre.${stream}.log`, 'failed', 2, 'Error: Transaction failed'],
      );
    }
  });

  it('reads UTF-16 as Windows writes it', async () => {
    const path = await folder.write(
      'windows.log',
      Buffer.from(`\ufeff${readFileSync(dead, 'utf8')}`, 'utf16le'),
    );
    assert.equal(JSON.parse((await call([path, '--json'])).out).explanation.id, 'mirrorlist-gone');
  });

  it('prints Korean with --lang ko', async () => {
    const { out } = await call(['yum3-dead-mirrors.log', '--lang', 'ko'], { cwd: join(fixtures, 'written') });
    assert.match(out, /[가-힣]/);
  });

  it('decides the outcome by --exit-code', async () => {
    const path = await folder.write('cut.log', 'Loaded plugins: fastestmirror\nResolving Dependencies\n');
    const outcome = async (...more: readonly string[]) =>
      JSON.parse((await call([path, '--json', ...more])).out).outcome;
    assert.equal(await outcome(), 'incomplete');
    assert.equal(await outcome('--exit-code', '0'), 'success');
    assert.equal(await outcome('--exit-code=137'), 'incomplete');
  });

  it('reads the other files and folders if one cannot be read', async () => {
    const { code, out, err } = await call(['missing.log', '.', dead], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(err, /^stackprep: missing\.log does not exist\. Check the path\.\n\d logs read, \d of them/);
    assert.match(out, /^\S+\/cut\.log · yum 3 · log incomplete\n/);
    assert.match(out, /^\S+dead-mirrors\.log · yum 3 · failed\n/m);
  });

  it('reports a file that is not a log as incomplete', async () => {
    const path = await folder.write('noise', Buffer.alloc(3_000_000, 0x41));
    const { code, out } = await call([path, '--json']);
    assert.equal(code, 0);
    assert.deepEqual([JSON.parse(out).tool, JSON.parse(out).outcome], [null, 'incomplete']);
  });

  const refusals: readonly (readonly [argv: readonly string[], text: RegExp])[] = [
    [[], /requires a log: stackprep logs explain FILE/],
    [['x', '--exit-code', '256'], /Invalid value for --exit-code: 256\. Use a number from 0 to 255/],
    [['x', '--exit-code', 'one'], /--exit-code: one\./],
  ];
  for (const [argv, text] of refusals) {
    it(`refuses "${argv.join(' ')}"`, async () => {
      const { code, out, err } = await call(argv);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, text);
    });
  }

  it('prints no control character of a log', async () => {
    const path = await folder.write('escape.log', 'Error: \u001b]0;title\u0007\u202egnirts\u001b[2J\n');
    assert.doesNotMatch((await call([path])).out, /[\u0007\u001b\u202e]/);
  });
});

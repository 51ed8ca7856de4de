import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const cases = join(import.meta.dirname, '../cases');

describe('stackprep logs explain with a support bundle', () => {
  let folder: Folder;
  let bundle = '';

  async function explain(path: string) {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
    const code = await main(['logs', 'explain', '--json', path], io);
    const reports = stdout
      .text()
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return { code, reports, error: stderr.text() };
  }

  before(async () => {
    folder = await temporaryFolder();
    bundle = join(folder.path, 'sosreport-a');
    mkdirSync(join(bundle, 'sos_commands/dnf'), { recursive: true });
    mkdirSync(join(bundle, 'var/log', 'deep'.repeat(20)), { recursive: true });
    cpSync(
      join(cases, 'yum3/041-yum3-full-cache.log'),
      join(bundle, 'var/log', 'deep'.repeat(20), 'yum.log'),
    );
    cpSync(
      join(cases, 'fresh-logs/004-dnf4-ansible-fatal-stream8-eol.log'),
      join(bundle, 'sos_commands/dnf/dnf_install'),
    );
    writeFileSync(join(bundle, 'var/log/app.log'), 'an application starts\n');
    writeFileSync(join(folder.path, 'outside.log'), readFileSync(join(cases, 'yum3/049-yum3-needs.log')));
    symlinkSync(join(folder.path, 'outside.log'), join(bundle, 'var/log/link.log'));
    symlinkSync('/', join(bundle, 'root'));
    execFileSync('mkfifo', [join(bundle, 'var/log/pipe.log')]);
  });

  after(() => folder.remove());

  it('finds the logs of the package tools in a folder, and follows no link', async () => {
    const { code, reports, error } = await explain('sosreport-a');
    assert.equal(code, 0);
    assert.deepEqual(
      reports.map(({ file, explanation }) => [file.replace(/(deep)+/, 'deep'), explanation.id]),
      [
        ['sosreport-a/sos_commands/dnf/dnf_install', 'mirrorlist-gone'],
        ['sosreport-a/var/log/deep/yum.log', 'download-directory-full'],
      ],
    );
    assert.match(error, /^3 logs read, 2 of them/);
  });

  for (const [option, name] of [
    ['--format=ustar', 'a.tar'],
    ['--format=gnu', 'a.tar.gz'],
    ['--format=pax', 'a.tgz'],
    ['--format=pax', 'a.tar.xz'],
    ['--format=gnu', 'a.tar.bz2'],
    ['--format=pax', 'a.tar.zst'],
  ] as const) {
    it(`finds the same in an archive: ${name} (${option})`, async () => {
      execFileSync('tar', [option, '-caf', name, '-P', '--transform=s,^,../../etc/,', 'sosreport-a'], {
        cwd: folder.path,
      });
      const { code, reports } = await explain(name);
      assert.equal(code, 0);
      const ids = reports.map(({ explanation }) => explanation.id).sort();
      assert.deepEqual(ids, ['download-directory-full', 'mirrorlist-gone']);
    });
  }

  for (const [program, end] of [
    ['gzip', 'gz'],
    ['xz', 'xz'],
    ['bzip2', 'bz2'],
    ['zstd', 'zst'],
  ] as const)
    it(`reads a compressed log: .${end}`, async () => {
      cpSync(join(cases, 'yum3/049-yum3-needs.log'), join(folder.path, 'needs.log'));
      execFileSync(program, ['-q', '-k', '-f', 'needs.log'], { cwd: folder.path });
      const plain = await explain('needs.log');
      const { code, reports } = await explain(`needs.log.${end}`);
      assert.equal(code, 0);
      assert.deepEqual(reports[0].explanation, plain.reports[0].explanation);
      const whole = readFileSync(join(folder.path, `needs.log.${end}`));
      writeFileSync(join(folder.path, `cut.log.${end}`), whole.subarray(0, whole.length / 2));
      const cut = await explain(`cut.log.${end}`);
      assert.equal(cut.code, 2);
      assert.match(cut.error, /cut\.log\.\w+ cannot be unpacked: it is damaged\./);
    });

  it('says what is wrong with an archive that is cut, and with one that is none', async () => {
    const whole = readFileSync(join(folder.path, 'a.tar'));
    writeFileSync(join(folder.path, 'cut.tar'), whole.subarray(0, whole.length / 3));
    writeFileSync(join(folder.path, 'none.tar.gz'), 'not an archive\n');
    writeFileSync(join(folder.path, 'none.tar'), 'x'.repeat(2000));
    writeFileSync(join(folder.path, 'none.tar.xz'), 'x'.repeat(2000));
    for (const name of ['cut.tar', 'none.tar.gz', 'none.tar', 'none.tar.xz']) {
      const { code, error } = await explain(name);
      assert.equal(code, 2, name);
      assert.match(error, /cannot be unpacked|has no log/, name);
    }
  });

  it('reads a file by its URL, and refuses those of other computers', async () => {
    const path = join(folder.path, 'outside.log');
    assert.equal((await explain(`file://${path}`)).reports[0].explanation.id, 'requires-missing');
    assert.match((await explain('https://example.org/yum.log')).error, /Download it first/);
    assert.match((await explain('file://example.org/yum.log')).error, /not the URL of a file on this/);
  });
});

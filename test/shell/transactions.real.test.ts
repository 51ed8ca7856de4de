import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { library } from '../../src/shell/library.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { hasProgram } from '../support/programs.ts';

/** A package whose script, run by rpm itself, ends only when rpm is killed. */
const spec = `Name: endless
Version: 1
Release: 1
Summary: A package of a test
License: MIT
BuildArch: noarch
AutoReqProv: no
%description
A package of a test.
%post -p <lua>
while true do end
%files
`;

describe('Packages of a transaction that has not ended', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stackprep-transactions-'));
    mkdirSync(join(folder, 'yum'));
  });
  afterEach(() => clearAwaySync(folder));

  function unfinished(lines = 'sp_yum_holder() { return 1; }'): readonly string[] {
    const text = `sp_nonce=n0nce\n${library}\n${lines}\nsp_unfinished\n`;
    const { stdout } = spawnSync('sh', ['-c', text], { encoding: 'utf8', env: { STACKPREP_VAR: folder } });
    return stdout.split('\n').filter((line) => line !== '');
  }
  const journal = (kind: string, text: string) =>
    writeFileSync(join(folder, 'yum', `transaction-${kind}.2026-11-29.23:09.25`), text);

  it('are those that yum 3 has begun and not done', () => {
    journal(
      'all',
      'install 0:house-rules-1.0-1.el7.noarch\ninstall 1:lab-slow-2.0-1.el7.noarch\nerase 0:old-1-1.noarch\n',
    );
    journal('done', 'install 0:house-rules-1.0-1.el7.noarch\n');
    assert.deepEqual(unfinished(), ['lab-slow']);
  });

  it('are all of them if yum 3 was ended before the first one was done', () => {
    journal('all', 'install 0:a-b-1.0-1.el7.noarch\ninstall 0:c-1-1.el7.x86_64\n');
    assert.deepEqual(unfinished(), ['a-b', 'c']);
    journal('done', '');
    assert.deepEqual(unfinished(), ['a-b', 'c']);
  });

  it('are none while the package manager runs, without a journal, and with one that was set aside', () => {
    assert.deepEqual(unfinished(), []);
    writeFileSync(join(folder, 'yum', 'transaction-all.1.disabled'), 'install 0:c-1-1.el7.x86_64\n');
    assert.deepEqual(unfinished(), []);
    journal('all', 'install 0:c-1-1.el7.x86_64\n');
    assert.deepEqual(unfinished('sp_yum_holder() { return 0; }'), []);
  });

  it('are those of the real dnf that was killed in a script, until they are reinstalled', async function () {
    if (!hasProgram('dnf') || !hasProgram('rpmbuild')) this.skip();
    this.timeout(120_000);
    const build = (name: string, text: string): string => {
      writeFileSync(join(folder, `${name}.spec`), text.replace('Name: endless', `Name: ${name}`));
      execFileSync('rpmbuild', ['--define', `_topdir ${folder}/build`, '-bb', join(folder, `${name}.spec`)], {
        stdio: 'ignore',
      });
      return join(folder, 'build/RPMS/noarch', `${name}-1-1.noarch.rpm`);
    };
    const packages = [build('endless', spec), build('quick', spec.replace('while true do end', 'x = 1'))];
    const root = join(folder, 'root');
    mkdirSync(join(root, 'etc'), { recursive: true });
    const options = ['-y', `--installroot=${root}`, '--releasever=9', '--disablerepo=*', '--nogpgcheck'];
    const dnf = spawn('dnf', [...options, 'install', ...packages], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(dnf, 'close');
    for await (const line of createInterface({ input: dnf.stdout }))
      if (/Running scriptlet: endless/.test(line)) dnf.kill('SIGKILL');
    await ended;
    folder = join(root, 'var/lib');
    const found = unfinished();
    assert.ok(found.includes('endless'), found.join(' '));
    execFileSync('dnf', [...options, '--setopt=tsflags=noscripts', 'install', ...packages], {
      stdio: 'ignore',
    });
    execFileSync('dnf', [...options, '--setopt=tsflags=noscripts', 'reinstall', ...packages], {
      stdio: 'ignore',
    });
    assert.deepEqual(unfinished(), []);
    folder = join(root, '..');
  });
});

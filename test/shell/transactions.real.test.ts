import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
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

describe('A download of yum 3', () => {
  it('is reported while it lasts, by the growth of the cache, and the exit code is that of yum', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackprep-download-'));
    try {
      const packages = join(folder, 'x86_64/7/base/packages');
      mkdirSync(packages, { recursive: true });
      writeFileSync(join(packages, 'old.rpm'), 'x'.repeat(40_000));
      const out = join(folder, 'out');
      const yum = `yum() {
  echo 'Downloading packages:'
  awk 'BEGIN { for (i = 0; i < 300000; i++) printf "y" }' >"${packages}/new.rpm"
  n=0
  until grep -q downloaded "${out}"; do n=$((n + 1)); [ "$n" -lt 600 ] || return 9; sleep 0.1; done
  return 3
}`;
      const lines = ['sp_nonce=n0nce', library, 'sp_manager=yum', 'sp_yum_holder() { return 1; }', yum];
      const end = [
        `sp_job=${folder}`,
        `exec >"${out}"`,
        'exec 6>&1',
        'sp_yum -y install a',
        'echo "code $?"',
      ];
      const env = { STACKPREP_YUM_CACHE: folder };
      spawnSync('sh', ['-c', [...lines, ...end].join('\n')], { encoding: 'utf8', env, timeout: 120_000 });
      const text = readFileSync(out, 'utf8');
      const kb = Number(/@@stackprep:n0nce\tdownloaded\t(\d+)\n/.exec(text)?.[1]);
      assert.ok(kb >= 290 && kb <= 310, text);
      assert.match(text, /code 3\n$/);
    } finally {
      clearAwaySync(folder);
    }
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyfileSh } from '../../src/shell/keyfile.sh.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const cases = fileURLToPath(new URL('../cases/network/', import.meta.url));
const written = `${cases}written-ens7.keyfile`;
// `nmcli --offline connection modify +ipv4.dns 9.9.9.9` of NetworkManager 1.42.4 made this of it.
const rewritten = `${cases}rewritten-ens7.keyfile`;
// A hand-written file, what nmcli made of it for the step, and of that for a user who set MTU and zone.
const [hand, disabled, edited] = ['hand', 'hand-disabled', 'hand-edited'].map(
  (name) => `${cases}${name}.keyfile`,
);

for (const shell of nodeShells) {
  describe(`Keyfiles of NetworkManager under ${shell}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackprep-keyfile-'));
    after(() => clearAwaySync(folder));
    before(function () {
      if (!hasProgram(shell)) this.skip();
    });
    const run = (call: string) => {
      const [program = '', ...args] = shell.split(' ');
      return spawnSync(program, [...args, '-s'], { input: `${keyfileSh.text}\n${call}\n`, encoding: 'utf8' });
    };
    const holds = (...files: readonly string[]) => run(`sp_keyfile_holds ${files.join(' ')}`).status === 0;
    const patched = (...files: readonly string[]) => run(`sp_keyfile_patched ${files.join(' ')}`).stdout;
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };

    it('mean the same after nmcli has written them again, and what the user has added is no difference', () => {
      assert.ok(holds(written, written, rewritten));
      assert.ok(!holds(written, '/dev/null', rewritten));
      const plain = put('plain', run(`grep -v ^dns ${rewritten}`).stdout);
      assert.ok(holds(written, '/dev/null', plain));
    });

    it('differ if a key has another value, lacks, or is a former one of ours', () => {
      const wanted = put('wanted', run(`sed 's/9000/1400/; /^route2/d' ${written}`).stdout);
      assert.ok(!holds(wanted, written, rewritten));
      assert.ok(!holds(put('mtu', run(`sed 's/9000/1400/' ${written}`).stdout), written, rewritten));
      assert.ok(!holds(put('route', run(`sed '/^route2/d' ${written}`).stdout), written, rewritten));
      const text = patched(rewritten, written, wanted, 'all');
      assert.equal(text, run(`sed 's/9000/1400/; /^route2/d' ${rewritten}`).stdout);
      assert.ok(holds(wanted, written, put('text', text)));
    });

    it('get back what the step changed, with the edit of the user, in the words of the first file', () => {
      assert.equal(
        patched(hand ?? '', disabled ?? '', edited ?? ''),
        '# mine\n[connection]\nid = eth1\ntype=802-3-ethernet\nzone=internal\n\n[802-3-ethernet]\n# x\nmtu=9000\n\n[ipv4]\naddress1=10.0.0.5/24,10.0.0.1\nmethod=manual\n# tail\n',
      );
    });

    it('keep a gateway in the line of an address, or move it', () => {
      const from = put('from', '[ipv4]\naddress1=10.0.0.5/24,10.0.0.1\n');
      const other = put('other', '[ipv4]\naddress1=10.0.0.6/24,10.0.0.1\ndns=1.1.1.1;\n');
      assert.equal(patched(from, from, other), '[ipv4]\naddress1=10.0.0.6/24,10.0.0.1\ndns=1.1.1.1;\n');
      const gateway = put('gateway', '[ipv4]\naddress1=10.0.0.5/24\ngateway=10.0.0.9\n');
      assert.equal(patched(from, from, gateway), '[ipv4]\naddress1=10.0.0.5/24\ngateway=10.0.0.9\n');
      const none = put('none', '[ipv4]\nmethod=auto\n');
      assert.equal(patched(from, from, none), '[ipv4]\nmethod=auto\n');
    });
  });
}

import assert from 'node:assert/strict';
import { chmod, readFile } from 'node:fs/promises';
import { main } from '../../src/cli/cli.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';
import { fakeSudo } from '../support/sudo.ts';
import { fakeIo } from './fake-io.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

/** Messages of programs that refuse the login, and how they must be displayed. */
const reasons = {
  banner: { node: 'banner', quoted: 'Closed for maintenance <U+202E>.tar.gz' },
  nologin: { node: 'nologin', quoted: 'This account is currently not available.' },
  image: {
    node: 'image',
    quoted: 'Please login as the user "centos" rather than the user "root".',
    action: 'Set `user: centos` and `become: sudo` for the node in the cluster file.',
  },
  hostile: { node: 'hostile', quoted: '<U+001B>[2J<U+001B>]0;owned<U+0007>gone' },
  sudo: { node: 'sudo', quoted: 'root is not in the sudoers file. This incident will be reported.' },
} as const;
const all = Object.values(reasons);

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Without colors, cursor movements and line breaks. */
function unfolded(text: string): string {
  return text.replaceAll(/\x1b\[[?\d;]*[A-Za-z]/g, '').replaceAll(/\s+/g, ' ');
}

(missing === undefined ? describe : describe.skip)(
  `The cause of a failure on the command line${title}`,
  () => {
    let home: Home;
    let sshd: Sshd;
    before(async () => {
      home = await makeHome();
      await chmod(home.path, 0o755);
      const keys = ['nologin', 'image', 'hostile', 'sudo', 'banner'].map(async (name) => {
        await keygen(home, name);
        return [name, (await readFile(home.file(`${name}.pub`), 'utf8')).trim()] as const;
      });
      const key = Object.fromEntries(await Promise.all(keys));
      // A real cloud image prints an empty line after this message.
      const image = String.raw`command="echo 'Please login as the user \"centos\" rather than the user \"root\".';echo" `;
      const hostile = String.raw`command="printf '\033[2J\033]0;owned\007gone\n' >&2; exit 3" `;
      await home.write('keys_root', `${image}${key.image}\n${hostile}${key.hostile}\n${key.sudo}\n`);
      await home.write('keys_daemon', `${key.nologin}\n`);
      await chmod(home.file('keys_daemon'), 0o644);
      const banner = await home.write('issue', 'Closed for maintenance \u202e.tar.gz\n');
      sshd = await startSshd({
        home,
        settings: [
          `AuthorizedKeysFile ${home.path}/keys_%u`,
          await fakeSudo(home, { error: reasons.sudo.quoted }),
          `Banner ${banner}`,
          'PasswordAuthentication no',
          'KbdInteractiveAuthentication no',
        ],
      });
      await home.write('known', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
      const nodes = all.map(({ node }, index) => {
        const user = { banner: 'games', nologin: 'daemon', image: 'root', hostile: 'root', sudo: 'root' }[
          node
        ];
        const become = node === 'sudo' ? ', become: sudo' : '';
        return `  ${node}: { address: 10.0.0.${index + 1}, host: 127.0.0.1, user: ${user}, identity: ${home.file(node)}${become} }\n`;
      });
      await home.write(
        'x.cluster.yaml',
        `cluster: x\nssh: { port: ${sshd.port} }\nsystem: { timezone: Asia/Seoul }\nnodes:\n${nodes.join('')}steps: [timezone]\n`,
      );
    });
    after(async () => {
      await sshd.stop();
      await home.remove();
    });

    async function call(argv: readonly string[], isTTY = false) {
      const env = { PATH: process.env.PATH, XDG_STATE_HOME: home.file('state') };
      const { io, stdout, stderr } = fakeIo({ cwd: home.path, env, isTTY, columns: 100 });
      const connects = argv[0] !== 'logs';
      const file = connects ? ['x.cluster.yaml', '--known-hosts', 'known'] : [];
      const code = await main([argv[0] ?? '', ...file, ...argv.slice(1)], io);
      return { code, out: stdout.text(), err: stderr.text() };
    }

    /** No text of a node controls the terminal, and no log is named that does not exist. */
    function assertSafe(text: string): void {
      assert.ok(!text.includes('\u202e') && !text.includes('\u0007') && !text.includes('\x1b[2J'), text);
      assert.doesNotMatch(text, /log of the step|Logs:|timezone\.log/);
    }

    const plain: readonly (readonly [name: string, argv: readonly string[], times: number])[] = [
      ['check', ['check'], 2],
      ['plan', ['plan'], 1],
      ['run', ['run', '--yes'], 2],
      ['undo', ['undo', '--yes', '--step', 'timezone'], 2],
    ];
    for (const [name, argv, times] of plain)
      it(`is quoted by ${name} in a pipe, once in every view`, async () => {
        const { out } = await call(argv);
        assertSafe(out);
        for (const { quoted } of all)
          assert.equal(countOf(unfolded(out), quoted), times, `${quoted}\n${out}`);
        assert.equal(countOf(unfolded(out), reasons.image.action), times, out);
        // The summary has what failed, the quoted message and the remedy, in this order.
        assert.match(
          out,
          /✗ nologin \(127\.0\.0\.1:\d+\) runs no commands for daemon: [^\n]*\n\s+Details: "This account is currently not available\."\n\s+On the node, check /,
        );
      });

    for (const name of ['check', 'run', 'undo', 'plan'])
      it(`is displayed by ${name} on a terminal, next to the node and in the summary`, async () => {
        const more =
          { check: [], plan: [], run: ['--yes'], undo: ['--yes', '--step', 'timezone'] }[name] ?? [];
        const { out } = await call([name, ...more], true);
        assertSafe(out);
        assert.match(out, /nologin {2}.*✗.* no command started: "This account is currently not available\./);
        assert.match(out, /sudo {5}.*✗.* sudo refused: "root is not in the sudoers file\./);
        for (const { quoted } of all)
          assert.ok(unfolded(out).includes(`Details: "${quoted}"`), `${quoted}\n${out}`);
      });

    it('is the detail of the failure in run --json, without control characters', async () => {
      const { out } = await call(['run', '--yes', '--json']);
      assertSafe(out);
      const events = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const failed = events.filter(({ type }) => type === 'node-failed');
      assert.deepEqual(
        Object.fromEntries(failed.map(({ node, detail }) => [node, detail])),
        Object.fromEntries(all.map(({ node, quoted }) => [node, quoted])),
      );
      assert.ok(!events.some((event) => 'logFile' in event));
    });

    it('is displayed by logs latest, also for a single node and step, and with --json', async () => {
      await call(['run', '--yes']);
      const { out } = await call(['logs', 'latest']);
      assertSafe(out);
      for (const { quoted } of all) assert.equal(countOf(out, quoted), 1, out);
      const one = await call(['logs', 'latest', '--node', 'nologin', '--step', 'timezone']);
      assert.equal(countOf(one.out, reasons.nologin.quoted), 1, one.out);
      const lines = (await call(['logs', 'latest', '--json'])).out.trimEnd().split('\n');
      assertSafe(lines.join('\n'));
      const details = lines.map((line) => JSON.parse(line)).flatMap(({ detail }) => detail ?? []);
      assert.deepEqual([...details].sort(), all.map(({ quoted }) => quoted).sort());
    });

    it('is quoted by trust from the banner of a server that refuses the login', async () => {
      const { code, err } = await call(['trust', '--node', 'banner']);
      assert.equal(code, 1);
      assertSafe(err);
      assert.equal(countOf(err, reasons.banner.quoted), 1, err);
    });

    it('is displayed with Korean labels too', async () => {
      const { out } = await call(['check', '--lang', 'ko']);
      assert.match(out, /세부 정보: "This account is currently not available\."/);
    });
  },
);

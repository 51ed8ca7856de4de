import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/cli.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { authorize, keygen, opensshMissing, startSshd } from '../support/sshd.ts';
import { builtCommand } from './built.ts';
import { fakeIo } from './fake-io.ts';

const cluster = (port: number, identity: string): string => `cluster: lab
openstack: { release: stein, installer: manual }
ssh: { user: root, port: ${port}, identity: ${identity} }
nodes:
  one: { address: 10.0.0.1, host: 127.0.0.1, roles: [controller] }
services:
  rabbitmq: { on: controller, user: openstack, password: { secret: rabbit } }
users:
  anna: { password: { secret: anna } }
`;

describe('stackprep secret', () => {
  let home: Home;
  beforeEach(async () => {
    home = await makeHome();
    await home.write('x.cluster.yaml', cluster(22, '~/.ssh/id_ed25519'));
  });
  afterEach(() => home.remove());
  const secrets = (): string => home.file('.config/stackprep/secrets.json');

  async function call(...argv: readonly string[]) {
    const { io, stdout, stderr } = fakeIo({ cwd: home.path, env: { PATH: process.env.PATH } });
    const code = await main(argv, io);
    return { code, out: stdout.text(), err: stderr.text() };
  }

  it('generates what may be random in a file that only the user can read, and shows no value', async () => {
    const { code, out } = await call('secret', 'generate', 'x.cluster.yaml');
    assert.equal(code, 0);
    assert.match(
      out,
      /^anna: not generated, since people or another system .*secrets\.json.*\nrabbit: generated\.\nStored in .*secrets\.json/,
    );
    const { lab } = JSON.parse(readFileSync(secrets(), 'utf8'));
    assert.match(lab.rabbit, /^[A-Za-z0-9]{32}$/);
    assert.equal(out.includes(lab.rabbit), false);
    assert.equal(statSync(secrets()).mode & 0o777, 0o600);
    const again = await call('secret', 'generate', 'x.cluster.yaml');
    assert.match(again.out, /rabbit: has a value, which stays\.\n$/);
    assert.equal(JSON.parse(readFileSync(secrets(), 'utf8')).lab.rabbit, lab.rabbit);
  });

  it('refuses other words, a broken cluster file, and a file that others can read', async () => {
    for (const words of [[], ['generate'], ['generate', 'x.cluster.yaml', 'y'], ['show', 'x.cluster.yaml']])
      assert.match((await call('secret', ...words)).err, /stackprep secret generate FILE\.\n$/);
    await home.write('broken.cluster.yaml', 'cluster: x\n');
    assert.equal((await call('secret', 'generate', 'broken.cluster.yaml')).code, 1);
    await call('secret', 'generate', 'x.cluster.yaml');
    chmodSync(secrets(), 0o644);
    const { code, err } = await call('secret', 'generate', 'x.cluster.yaml');
    assert.deepEqual(
      [code, /^stackprep: .*can be read or changed by other users\. Run chmod 600 [^\n]*\n$/.test(err)],
      [2, true],
    );
  });

  it('names the reason in a plan that needs a secret which cannot be read', async () => {
    configure(['false', '{name}']);
    for (const more of [[], ['--diff']]) {
      const { code, out } = await call('plan', 'x.cluster.yaml', '--step', 'rabbitmq', ...more);
      assert.equal(code, 1);
      assert.match(
        out,
        /^✗ Secret `rabbit`: false failed with exit code 1\.\n {2}Run it in a terminal [^\n]*\n$/,
      );
    }
  });

  it('generates nothing if a command is the source of secrets', async () => {
    configure(['pass', 'show', '{name}']);
    const { code, err } = await call('secret', 'generate', 'x.cluster.yaml');
    assert.equal(code, 2);
    assert.match(err, /config\.json has a command for secrets\. Generate the values where/);
    assert.equal(existsSync(secrets()), false);
  });

  function configure(command: readonly string[]): void {
    mkdirSync(home.file('.config/stackprep'), { recursive: true });
    writeFileSync(home.file('.config/stackprep/config.json'), JSON.stringify({ secrets: { command } }), {
      mode: 0o600,
    });
  }

  it('refuses a run with the last line of the command, before any node is contacted, without a question', async () => {
    configure(['sh', '-c', 'echo "rabbit is not in the store" >&2; exit 1', '{name}']);
    const { code, out, err } = await call(
      'run',
      'x.cluster.yaml',
      '--yes',
      '--step',
      'rabbitmq',
      '--state-dir',
      'state',
    );
    assert.equal(code, 1);
    const text = out + err;
    assert.match(text, /Secret `rabbit`: sh failed: rabbit is not in the store/);
    assert.match(text, /Run it in a terminal to see the cause/);
    assert.doesNotMatch(text, /STACKPREP_SECRET_RABBIT|has no value/);
  });

  const missing = opensshMissing();
  const itWithSshd = missing === undefined ? it : it.skip;
  const title = missing === undefined ? '' : ` (skipped: ${missing})`;

  itWithSshd(`uses a value of a command in a check, once, and stores it nowhere${title}`, async () => {
    const value = 'correct-horse-battery';
    const identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    const settings = [`SetEnv SHLVL=5 HOME=${home.path} STACKPREP_BASE=${home.file('node')}`];
    const sshd = await startSshd({ home, settings });
    try {
      await home.write('x.cluster.yaml', cluster(sshd.port, identity));
      await home.write('hosts', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
      const script = `echo "$1" >> ${home.file('asked')}; echo ${value}`;
      configure(['sh', '-c', script, 'sh', '{cluster}/{name}']);
      const options = ['--step', 'rabbitmq', '--state-dir', 'state', '--known-hosts', 'hosts', '--verbose'];
      const { out, err } = await call('check', 'x.cluster.yaml', ...options);
      assert.match(out, /rabbitmq/);
      assert.equal(readFileSync(home.file('asked'), 'utf8'), 'lab/rabbit\n', out + err);
      assert.equal((out + err).includes(value), false);
      const files = readdirSync(home.file('state'), { recursive: true, encoding: 'utf8' });
      assert.ok(files.length > 2);
      for (const file of files) {
        const path = join(home.file('state'), file);
        if (statSync(path).isFile()) assert.equal(readFileSync(path).includes(value), false, file);
      }
    } finally {
      await sshd.stop();
    }
  });

  itWithSshd(`leaves no secret in the environment of ssh and of a ProxyCommand${title}`, async () => {
    const seen = home.file('seen');
    await home.write('x.cluster.yaml', cluster(22, await keygen(home, 'id_ed25519')));
    // Stackprep starts it with `exec`.
    const proxy = `env >> ${seen}`;
    const { PATH } = await writeConfig(home, `Match host * exec "env >> ${seen}"\nProxyCommand ${proxy}`);
    const secret = { STACKPREP_SECRET_RABBIT: 'hidden-value', STACKPREP_SUDO_PASSWORD: 'hidden-value' };
    const args = ['check', 'x.cluster.yaml', '--step', 'upgrade', '--state-dir', 'state'];
    const ended = spawnSync(process.execPath, [builtCommand()[1], ...args], {
      cwd: home.path,
      env: { PATH: `${PATH}:${process.env.PATH}`, HOME: home.path, ...secret },
      encoding: 'utf8',
    });
    assert.equal(ended.status, 3, ended.stdout + ended.stderr);
    const environments = readFileSync(seen, 'utf8');
    assert.equal(environments.match(/^HOME=/gm)?.length, 2, 'the environments of both programs');
    assert.doesNotMatch(environments, /hidden-value|STACKPREP_S/);
  });
});

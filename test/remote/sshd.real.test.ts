import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
import { clearAway } from '../support/clear-away.ts';
import { connectTo, failureOf, type Home, makeHome, run, transportOf } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { authorize, execute, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`A real OpenSSH server${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  let identity: string;
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    sshd = await startSshd({
      home,
      settings: ['MaxSessions 3', 'MaxAuthTries 3', 'RekeyLimit 1M'],
    });
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });
  const sh = (script: string) => ({ argv: ['sh', '-c', script] });

  it('accepts a login with a key and runs a command', async () => {
    const transport = transportOf(await connectTo({ home, port: sshd.port, identity }));
    const { stdout, stderr, last } = await run(transport, {
      argv: ['sh', '-c', 'cat; echo err >&2; exit 7'],
      stdin: 'the input',
    });
    assert.deepEqual([stdout.toString(), stderr.toString()], ['the input', 'err\n']);
    assert.deepEqual(last, { type: 'exit', code: 7, signal: undefined });
    await transport.dispose();
  });

  const kinds: readonly (readonly [name: string, ...options: string[]])[] = [
    ['rsa', '-t', 'rsa', '-b', '2048'],
    ['ecdsa', '-t', 'ecdsa'],
    ['rsa in PEM, encrypted', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', 'sesame'],
    ['ecdsa in PKCS#8, encrypted', '-t', 'ecdsa', '-m', 'PKCS8', '-N', 'sesame'],
    ['ed25519, encrypted', '-N', 'sesame', '-a', '4'],
  ];
  for (const [name, ...options] of kinds)
    it(`accepts a key made by ssh-keygen: ${name}`, async () => {
      const key = await keygen(home, `key ${name}`.replaceAll(/\W+/g, '_'), ...options);
      await authorize(home, key);
      const secrets = options.includes('-N') ? ['wrong one', 'sesame'] : [];
      const prompts = person({ secrets });
      await transportOf(await connectTo({ home, port: sshd.port, identity: key }, { prompts })).dispose();
      assert.equal(prompts.secrets.length, secrets.length);
    });

  it('accepts a key that only the agent has', async () => {
    const key = await keygen(home, 'in_agent');
    await authorize(home, key);
    // A socket path is limited to about 100 characters, and the temporary folder may be deep.
    const folder = await mkdtemp('/tmp/stackprep-agent-');
    const socket = join(folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve) => agent.stdout.once('data', resolve));
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      await execute('ssh-add', ['-q', key, await keygen(home, 'other_in_agent')], { env });
      await execute('rm', [key]);
      await transportOf(await connectTo({ home, port: sshd.port }, { env })).dispose();
      await transportOf(await connectTo({ home, port: sshd.port, identity: key }, { env })).dispose();
    } finally {
      agent.kill();
      await clearAway(folder);
    }
  });

  it('accepts a login if the agent socket does not exist', async () => {
    const env = { SSH_AUTH_SOCK: home.file('no-agent') };
    await transportOf(await connectTo({ home, port: sshd.port, identity }, { env })).dispose();
  });

  it('refuses a login with the methods tried and why each failed', async () => {
    const stranger = await keygen(home, 'stranger');
    const prompts = person({ secrets: ['bad-secret', 'bad-secret', 'bad-secret'] });
    const failure = failureOf(await connectTo({ home, port: sshd.port, identity: stranger }, { prompts }));
    assert.equal(failure.code, 'auth');
    assert.match(
      failure.detail ?? '',
      /key file .*stranger: not accepted; .*Too many authentication failures/,
    );
    assert.match(english(failure.action), /identity/);
    assert.doesNotMatch(JSON.stringify(failure), /bad-secret/);
  });

  it('has the fingerprint that ssh-keygen shows', async () => {
    const { stdout } = await execute('ssh-keygen', ['-lf', home.file('sshd_host_key.pub')]);
    const prompts = person({ hostKey: 'reject' });
    failureOf(await connectTo({ home, port: sshd.port, identity }, { prompts }));
    assert.equal(prompts.hostKeys[0]?.fingerprint, stdout.split(' ')[1]);
  });

  it('is found in a known_hosts file hashed by ssh-keygen', async () => {
    const file = await home.write('known_hosts', `[127.0.0.1]:${sshd.port},[other]:22 ${sshd.hostKey}\n`);
    await execute('ssh-keygen', ['-q', '-H', '-f', file]);
    const prompts = person({ hostKey: 'reject' });
    await transportOf(await connectTo({ home, port: sshd.port, identity }, { prompts })).dispose();
    assert.deepEqual(prompts.hostKeys, []);
    await writeFile(file, '');
  });

  it('is accepted by ssh with the store that Stackprep writes', async () => {
    const prompts = person({ hostKey: 'save' });
    await transportOf(await connectTo({ home, port: sshd.port, identity }, { prompts })).dispose();
    const options = [
      'StrictHostKeyChecking=yes',
      `UserKnownHostsFile=${home.file('trusted')}`,
      'BatchMode=yes',
    ];
    const { stdout } = await execute('ssh', [
      ...options.flatMap((option) => ['-o', option]),
      ...['-F', '/dev/null', '-i', identity, '-p', String(sshd.port), 'root@127.0.0.1', 'echo in'],
    ]);
    assert.equal(stdout, 'in\n');
  });

  it('transfers 20 MB of output and a megabyte of input intact across many rekeys', async () => {
    const transport = transportOf(await connectTo({ home, port: sshd.port, identity }));
    const { stdout, stderr, last } = await run(
      transport,
      sh('head -c 20000000 /dev/urandom | tee /dev/fd/2 | sha256sum'),
    );
    assert.deepEqual(last, { type: 'exit', code: 0, signal: undefined });
    assert.equal(stderr.length, 20_000_000);
    assert.equal(stdout.toString().split(' ')[0], createHash('sha256').update(stderr).digest('hex'));
    const stdin = 'x'.repeat(1_000_000);
    const { stdout: sum } = await run(transport, { argv: ['sha256sum'], stdin });
    assert.equal(sum.toString().split(' ')[0], createHash('sha256').update(stdin).digest('hex'));
    await transport.dispose();
  });

  it('waits for a session when MaxSessions is reached', async () => {
    const transport = transportOf(await connectTo({ home, port: sshd.port, identity }));
    const ends = await Promise.all([1, 2, 3, 4].map(() => run(transport, sh('sleep 0.4; exit 5'))));
    for (const { last } of ends) assert.deepEqual(last, { type: 'exit', code: 5, signal: undefined });
    await transport.dispose();
  });

  it('reports that MaxSessions is reached if no command ends, and works again when they have', async () => {
    const transport = transportOf(await connectTo({ home, port: sshd.port, identity }));
    const cancel = new AbortController();
    const running = [1, 2, 3].map(() => run(transport, sh('echo; sleep 9'), cancel.signal));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { last } = await run(transport, sh('true'));
    assert.equal(last.type === 'lost' && last.failure.code, 'sessions');
    cancel.abort();
    for (const { last: end } of await Promise.all(running)) assert.equal(end.type, 'lost');
    // sshd counts a session until its command ends, even after the channel is closed.
    let again = last;
    for (let tries = 0; tries < 100 && again.type !== 'exit'; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      again = (await run(transport, sh('exit 5'))).last;
    }
    assert.deepEqual(again, { type: 'exit', code: 5, signal: undefined });
    await transport.dispose();
  });

  it('loses the connection and its commands when its sshd process is killed', async () => {
    const transport = transportOf(await connectTo({ home, port: sshd.port, identity }));
    const { last } = await run(transport, sh('echo before; kill -9 $PPID; sleep 1; echo after'));
    assert.equal(last.type === 'lost' && last.failure.code, 'lost');
    await transport.dispose();
  });
});

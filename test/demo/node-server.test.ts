import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Processes } from '../../src/demo/channels.ts';
import { Job } from '../../src/demo/job.ts';
import { closedPort, type NodeServer, serveNode } from '../../src/demo/node-server.ts';
import { type Program, said } from '../../src/demo/piece.ts';
import { createKeyPair, publicBlob } from '../../src/demo/ssh2.ts';
import { type Connected, login } from './client.ts';
import { Forger } from './forger.ts';
import { hasOpenSsh, openSsh } from './open-ssh.ts';

const pid = 4711;

interface TestProcesses extends Processes {
  readonly finished: string[];
  /** How many pieces have been taken. */
  readonly taken: () => number;
}

const wide = `${'x'.repeat(64 * 1024 - 1)}\n`;

/** A node whose scripts name what its one command does: `count N`, `flood N`, `wait`, `transaction N`, `drop N`. */
function processes(): TestProcesses {
  const finished: string[] = [];
  let taken = 0;
  let job = new Job(pid, 'realistic', 1);
  function* program(script: string): Program {
    const [verb, count = '1'] = script.split(' ');
    if (verb === 'wait') yield { text: 'waiting\n', wait: 30_000, onInterrupt: 'interrupted\n' };
    if (verb === 'transaction') yield { text: 'installing\n', wait: 30_000 };
    if (verb === 'drop') yield { text: 'dropping\n', wait: 30_000, onInterrupt: '', dropsLink: true };
    for (let line = 1; line <= Number(count); line += 1) {
      yield said(verb === 'flood' ? wide : `line ${line}\n`);
      taken += 1;
    }
    finished.push(script);
    return 3;
  }
  return {
    finished,
    taken: () => taken,
    start(script) {
      if (script === '') return undefined;
      job = new Job(pid, 'realistic', 1);
      return { job, program: program(script) };
    },
    kill(target, signal) {
      if (target === pid) job.kill(signal);
      return target === pid;
    },
    ended: () => undefined,
  };
}

/** Waits until the number has come to rest. */
async function settled(count: () => number): Promise<void> {
  for (let last = -1; count() !== last; await sleep(50)) last = count();
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

const killLine = (target: number) =>
  `sh -c 'g=$(ps -o pgid= -p "$1" | tr -d " ") && kill -INT -- "-$g"' sh ${target}`;

describe('the SSH server of a simulated node', () => {
  const key = createKeyPair();
  const hostKey = createKeyPair();
  const node = processes();
  let server: NodeServer;
  let client: Connected;

  before(async () => {
    server = await serveNode({ hostKey, login: { user: 'root', key }, processes: node });
    client = await login({ port: server.port, privateKey: key.private });
  });
  after(async () => {
    client.close();
    await server.stop();
  });

  it('presents its host key and says before the login that the node is simulated', () => {
    assert.deepEqual(client.hostKey, publicBlob(hostKey));
    assert.match(client.banner, /simulated/);
  });

  it('refuses another key, another user, and a right key with a false signature', async () => {
    const stranger = createKeyPair();
    await assert.rejects(login({ port: server.port, privateKey: stranger.private }), /authentication/i);
    await assert.rejects(
      login({ port: server.port, privateKey: key.private, username: 'admin' }),
      /authentication/i,
    );
    await assert.rejects(login({ port: server.port, agent: new Forger(key, stranger) }), /authentication/i);
    (await login({ port: server.port, agent: new Forger(key, key) })).close();
  });

  it('gives the output and the exit code of a script', async () => {
    const { code, stdout, stderr } = await client.exec('sh -s', 'count 3');
    assert.deepEqual({ code, stdout, stderr }, { code: 3, stdout: 'line 1\nline 2\nline 3\n', stderr: '' });
    assert.equal((await client.exec('sudo -n sh -s', 'count 1')).code, 3);
  });

  it('runs nothing but scripts', async () => {
    const answer = { code: 127, stdout: '', stderr: 'sh: not simulated\n' };
    assert.deepEqual(await client.exec('rm -rf /'), answer);
    assert.deepEqual(await client.exec('sh -s', ''), answer);
  });

  it('says in a terminal, in English and Korean, that it has no shell', async () => {
    const { code, stdout } = await client.shell();
    assert.equal(code, 0);
    assert.match(stdout, /simulated[\s\S]*시뮬레이션/);
  });

  it('interrupts a waiting script from a second channel', async () => {
    const running = client.exec('sh -s', 'wait', () => void client.exec(killLine(pid)));
    assert.deepEqual(await running, { code: 130, stdout: 'waiting\ninterrupted\n', stderr: '' });
    assert.equal((await client.exec(killLine(1))).code, 1);
  });

  it('lets a transaction that has begun come to its end before the interrupt counts', async () => {
    const running = client.exec('sh -s', 'transaction 2', () => void client.exec(killLine(pid)));
    assert.deepEqual(await running, { code: 130, stdout: 'installing\nline 1\n', stderr: '' });
  });

  it('goes on by itself when its connection breaks, and lets the next one in', async () => {
    const doomed = await login({ port: server.port, privateKey: key.private });
    const { code, stdout } = await doomed.exec('sh -s', 'drop 2');
    assert.deepEqual({ code, stdout }, { code: undefined, stdout: 'dropping\n' });
    await until(() => node.finished.includes('drop 2'));
    assert.equal((await client.exec('sh -s', 'count 1')).code, 3);
  });

  it('prints no faster than its reader reads', async () => {
    const before = node.taken();
    const channel = await client.open('sh -s');
    channel.end('flood 200');
    await settled(node.taken);
    const held = node.taken() - before;
    assert.ok(held > 0 && held < 100, `${held} of 200 pieces were taken before anybody read`);
    let length = 0;
    for await (const part of channel as AsyncIterable<Buffer>) length += part.length;
    assert.equal(length, 200 * wide.length);
  });

  it('lets the real OpenSSH client in, and not without the right host key', async function () {
    if (!hasOpenSsh()) return this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'demo-ssh-'));
    try {
      const identity = join(folder, 'id');
      const knownHosts = join(folder, 'known_hosts');
      await writeFile(identity, key.private, { mode: 0o600 });
      const ssh = async (known: string) => {
        await writeFile(knownHosts, `[127.0.0.1]:${server.port} ${known}\n`);
        return openSsh({ identity, knownHosts, port: server.port, input: 'count 2' });
      };
      assert.deepEqual(await ssh(hostKey.public), { code: 3, stdout: 'line 1\nline 2\n' });
      assert.deepEqual(await ssh(createKeyPair().public), { code: 255, stdout: '' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves its port and all connections when it stops', async () => {
    const short = await serveNode({ hostKey, login: { user: 'root', key }, processes: processes() });
    const visitor = await login({ port: short.port, privateKey: key.private });
    const running = visitor.exec('sh -s', 'wait', () => void short.stop());
    assert.equal((await running).code, undefined);
    await assert.rejects(login({ port: short.port, privateKey: key.private }), /ECONNREFUSED/);
    await assert.rejects(login({ port: await closedPort(), privateKey: key.private }), /ECONNREFUSED/);
  });
});

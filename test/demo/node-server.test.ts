import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Processes } from '../../src/demo/channels.ts';
import { Job } from '../../src/demo/job.ts';
import { closedPort, type NodeServer, serveNode } from '../../src/demo/node-server.ts';
import { type Program, said } from '../../src/demo/piece.ts';
import { createKeyPair, publicBlob } from '../../src/demo/ssh2.ts';
import { type Connected, login } from './client.ts';

const pid = 4711;

/** A node whose scripts name what its one command does: `count N`, `wait`, `transaction`, `drop`. */
function processes(): Processes & { readonly finished: string[] } {
  const finished: string[] = [];
  let job = new Job(pid, 'realistic');
  function* program(script: string): Program {
    const [verb, count = '1'] = script.split(' ');
    if (verb === 'wait') yield { text: 'waiting\n', wait: 30_000, onInterrupt: 'interrupted\n' };
    if (verb === 'transaction') yield { text: 'installing\n', wait: 30_000 };
    if (verb === 'drop') yield { text: 'dropping\n', wait: 30_000, onInterrupt: '', dropsLink: true };
    for (let line = 1; line <= Number(count); line += 1) yield said(`line ${line}\n`);
    finished.push(script);
    return 3;
  }
  return {
    finished,
    start(script) {
      if (script === '') return undefined;
      job = new Job(pid, 'realistic');
      return { job, program: program(script) };
    },
    kill(target, signal) {
      if (target === pid) job.kill(signal);
      return target === pid;
    },
    ended: () => undefined,
  };
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
    // The public half is the right one, what signs is the stranger's.
    const forged = key.private.replace(/-----[\s\S]*/, '') + forge(key.private, stranger.private);
    await assert.rejects(login({ port: server.port, privateKey: forged }), /authentication/i);
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
});

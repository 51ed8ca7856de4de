import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Processes } from '../../src/demo/channels.ts';
import { Job } from '../../src/demo/job.ts';
import { jobTable } from '../../src/demo/job-table.ts';
import { closedPort, type NodeServer, serveNode } from '../../src/demo/node-server.ts';
import { type Program, said } from '../../src/demo/piece.ts';
import { createKeyPair, publicBlob } from '../../src/demo/ssh2.ts';
import type { Started } from '../../src/demo/started.ts';
import { createFrames, type Frame } from '../../src/jobs/frames.ts';
import { attachCommand, cancelCommand, startCommand } from '../../src/jobs/job.ts';
import { type Command, commandLine } from '../../src/shell/command.ts';
import { clearAway } from '../support/clear-away.ts';
import { jobOf, sha256, someNode } from '../support/local-node.ts';
import { type Connected, login } from './client.ts';
import { Forger } from './forger.ts';
import { hasOpenSsh, openSsh } from './open-ssh.ts';

const pid = 4711;

interface TestProcesses extends Processes {
  readonly finished: string[];
  /** The number of chunks that were read. */
  readonly taken: () => number;
}

const wide = `${'x'.repeat(64 * 1024 - 1)}\n`;

/** A node whose scripts name the behavior of its only command: `count N`, `flood N`, `wait`, `transaction N`, `drop N`. */
function processes(): TestProcesses {
  const finished: string[] = [];
  let taken = 0;
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
  const start = (script: string): Started | undefined =>
    script === ''
      ? undefined
      : {
          job: new Job(pid, 'realistic', 1),
          program: program(script),
          aftermath: () => [said('left as it was\n')],
          ended: () => undefined,
        };
  return { finished, taken: () => taken, start, jobs: jobTable(start) };
}

/** Waits until the number no longer changes. */
async function settled(count: () => number): Promise<void> {
  for (let last = -1; count() !== last; await sleep(50)) last = count();
}

const following = { lead: 'lead', offset: 0 };

describe('The SSH server of a simulated node', () => {
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

  it('presents its host key and says in a banner before the login that the node is simulated', () => {
    assert.deepEqual(client.hostKey, publicBlob(hostKey));
    assert.match(client.banner, /simulated/);
  });

  it('refuses another key, another user, and the right key with a forged signature', async () => {
    const stranger = createKeyPair();
    await assert.rejects(login({ port: server.port, privateKey: stranger.private }), /authentication/i);
    await assert.rejects(
      login({ port: server.port, privateKey: key.private, username: 'admin' }),
      /authentication/i,
    );
    await assert.rejects(login({ port: server.port, agent: new Forger(key, stranger) }), /authentication/i);
    (await login({ port: server.port, agent: new Forger(key, key) })).close();
  });

  it('returns the output and the exit code of a script', async () => {
    const { code, stdout, stderr } = await client.exec('sh -s', 'count 3');
    assert.deepEqual({ code, stdout, stderr }, { code: 3, stdout: 'line 1\nline 2\nline 3\n', stderr: '' });
    assert.equal((await client.exec('sudo -n sh -s', 'count 1')).code, 3);
  });

  it('runs only scripts', async () => {
    const answer = { code: 127, stdout: '', stderr: 'sh: not simulated\n' };
    assert.deepEqual(await client.exec('rm -rf /'), answer);
    assert.deepEqual(await client.exec('sh -s', ''), answer);
  });

  it('explains in a terminal, in English and Korean, that it has no shell', async () => {
    const { code, stdout } = await client.shell();
    assert.equal(code, 0);
    assert.match(stdout, /simulated[\s\S]*시뮬레이션/);
  });

  /** Starts a job and returns the frames of its channel; a listener is called with each text of its log. */
  async function follow(
    connection: Connected,
    command: Command,
    onLog?: (log: string) => void,
  ): Promise<{ readonly frames: readonly Frame[]; readonly log: string }> {
    const reader = createFrames(following.lead);
    const frames: Frame[] = [];
    let log = '';
    let length = 0;
    await connection.exec(commandLine(command), command.stdin, (text) => {
      for (const frame of reader.push(Buffer.from(text.slice(length)))) {
        frames.push(frame);
        if (frame.type !== 'data') continue;
        log += Buffer.from(frame.bytes).toString();
        onLog?.(log);
      }
      length = text.length;
    });
    return { frames, log };
  }
  const start = (job: string, text: string) => startCommand(someNode, jobOf(job, text), following);
  const cancel = (job: string) => cancelCommand(someNode, job, { lead: 'lead', signal: 'INT' });
  const attach = (job: string, offset = 0) => attachCommand(someNode, job, { lead: 'lead', offset });

  it('runs a job once, however often it is started, and keeps its log', async () => {
    const all = await Promise.all([1, 2, 3].map(() => follow(client, start('r.count.1', 'count 3'))));
    for (const { frames, log } of all) {
      assert.equal(log, 'line 1\nline 2\nline 3\n');
      assert.deepEqual(frames.at(-1), { type: 'ended', code: '3', size: 21, sum: sha256(log) });
    }
    assert.equal(node.finished.filter((script) => script === 'count 3').length, 2);
    assert.equal((await follow(client, attach('r.count.1', 7))).log, 'line 2\nline 3\n');
    assert.deepEqual((await follow(client, attach('r.never.1'))).frames, [{ type: 'gone', state: 'absent' }]);
  });

  it('interrupts a waiting job from a second channel, and the job then reports the state that it left', async () => {
    const answers: Promise<{ readonly frames: readonly Frame[] }>[] = [];
    const { log, frames } = await follow(
      client,
      start('r.wait.1', 'wait'),
      (text) => text === 'waiting\n' && answers.push(follow(client, cancel('r.wait.1'))),
    );
    assert.equal(log, 'waiting\ninterrupted\nleft as it was\n');
    assert.equal(frames.at(-1)?.type, 'ended');
    assert.deepEqual((await answers[0])?.frames, [{ type: 'cancelling', state: 'sent' }]);
    const { frames: late } = await follow(client, cancel('r.wait.1'));
    assert.deepEqual(late, [{ type: 'cancelling', state: 'ended' }]);
  });

  it('finishes a transaction in progress before the interrupt takes effect', async () => {
    const answers: Promise<{ readonly frames: readonly Frame[] }>[] = [];
    const { log } = await follow(
      client,
      start('r.transaction.1', 'transaction 2'),
      (text) => text === 'installing\n' && answers.push(follow(client, cancel('r.transaction.1'))),
    );
    assert.equal(log, 'installing\nline 1\nleft as it was\n');
    assert.deepEqual((await answers[0])?.frames, [{ type: 'cancelling', state: 'transaction' }]);
  });

  it('continues a job when its connection breaks, and the next connection follows it', async () => {
    const doomed = await login({ port: server.port, privateKey: key.private });
    const { frames } = await follow(doomed, start('r.drop.1', 'drop 2'));
    assert.notEqual(frames.at(-1)?.type, 'ended');
    void follow(client, cancel('r.drop.1'));
    const { log } = await follow(client, attach('r.drop.1'));
    assert.match(log, /^dropping\n/);
    assert.match(log, /left as it was\n$/);
  });

  it('prints no faster than the client reads', async () => {
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

  it('accepts the real OpenSSH client, and only with the right host key', async function () {
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
      await clearAway(folder);
    }
  });

  it('closes its port and all connections when it stops', async () => {
    const short = await serveNode({ hostKey, login: { user: 'root', key }, processes: processes() });
    const visitor = await login({ port: short.port, privateKey: key.private });
    const running = visitor.exec('sh -s', 'wait', () => void short.stop());
    assert.equal((await running).code, undefined);
    await assert.rejects(login({ port: short.port, privateKey: key.private }), /ECONNREFUSED/);
    await assert.rejects(login({ port: await closedPort(), privateKey: key.private }), /ECONNREFUSED/);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT } from '../build.ts';
import { startServer, type VsCodeServer } from '../server.ts';
import { provideUi } from '../ui.ts';

/** A value of each process; processes that end meanwhile are skipped. */
function ofProcesses<T>(read: (pid: string) => T): readonly T[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [read(pid)];
      } catch {
        return [];
      }
    });
}

const commandLine = (pid: string): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

/** The command lines of all processes, which every user of the computer can read (proc(5)). */
function commandLines(): readonly string[] {
  return ofProcesses(commandLine);
}

/** The inodes of all sockets of the processes whose environment names a folder. */
function socketsOf(folder: string): ReadonlySet<string> {
  const inodes = ofProcesses((pid) => {
    if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)) return [];
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  });
  return new Set(inodes.flat());
}

/** The addresses of listening sockets: TCP addresses as proc(5) writes them, and paths of Unix sockets. */
function listening(inodes: ReadonlySet<string>): {
  readonly tcp: readonly string[];
  readonly unix: readonly string[];
} {
  const rows = (name: string): readonly (readonly string[])[] =>
    readFileSync(`/proc/net/${name}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/));
  const tcp = ['tcp', 'tcp6'].flatMap(rows).filter((row) => row[3] === '0A' && inodes.has(row[9] ?? ''));
  // SO_ACCEPTCON is set on listening sockets.
  const unix = rows('unix').filter((row) => row[3] === '00010000' && inodes.has(row[6] ?? ''));
  return { tcp: tcp.map((row) => row[1] ?? ''), unix: unix.map((row) => row[7] ?? '') };
}

async function status(address: string): Promise<number> {
  const answer = await fetch(address, { redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status;
}

const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('The VS Code server of the demo and of the tests', () => {
  let server: VsCodeServer;
  let home = '';
  before(async function () {
    this.timeout(600_000);
    const started = await startServer();
    if (!started.ok) throw new Error(started.reason);
    server = started.value;
    home = join(server.storage, '../../..');
  });
  after(() => server.stop());

  it('refuses a client without a token or with another one, and accepts the right one', async () => {
    const address = server.url({ workspace: home });
    const without = new URL(address);
    assert.match(without.searchParams.get('tkn') ?? '', /^[\w-]{43}$/);
    assert.ok([200, 302].includes(await status(address)));
    without.searchParams.delete('tkn');
    assert.equal(await status(without.href), 403);
    without.searchParams.set('tkn', randomBytes(32).toString('base64url'));
    assert.equal(await status(without.href), 403);
    const file = new URL('/vscode-remote-resource', without);
    file.searchParams.set('path', '/etc/passwd');
    assert.equal(await status(file.href), 403);
  });

  it('keeps the token and its data from other users of the computer', async () => {
    const token = new URL(server.url({ workspace: home })).searchParams.get('tkn') ?? '';
    assert.equal(
      commandLines().some((line) => line.includes(token)),
      false,
    );
    assert.ok(commandLines().some((line) => line.includes('--connection-token-file')));
    assert.equal(await mode(home), 0o700);
    assert.equal(await mode(join(home, 'token')), 0o600);
    const page = await server.accessPage({ workspace: home });
    assert.equal(await mode(page), 0o600);
    assert.ok(readFileSync(page, 'utf8').includes(`tkn=${token}`));
  });

  it('ends with its launcher and removes its data', async () => {
    await server.stop();
    await assert.rejects(fetch(server.url({ workspace: home })));
    await assert.rejects(stat(home), { code: 'ENOENT' });
  });
});

describe('npm run demo -- --ui', () => {
  it('prints an address with a token, and its server ends with it even if it is killed', async () => {
    const folders = (process.env.PATH ?? '')
      .split(delimiter)
      .filter((path) => !existsSync(join(path, 'code')));
    const demo = spawn(process.execPath, [join(PROJECT, 'scripts/demo.mjs'), '--ui'], {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'inherit'],
      // Neither a desktop VS Code nor a browser of the user is opened.
      env: { ...process.env, PATH: folders.join(delimiter), DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    try {
      let printed = '';
      const address = await new Promise<string>((resolve, reject) => {
        demo.once('exit', () => reject(new Error(`the demo ended:\n${printed}`)));
        demo.stdout.on('data', (bytes: Buffer) => {
          printed += bytes.toString();
          const found = /http:\S+(?=\s)/.exec(printed)?.[0];
          if (found !== undefined) resolve(found);
        });
      });
      const without = new URL(address);
      without.searchParams.delete('tkn');
      assert.equal(await status(without.href), 403);
      assert.ok([200, 302].includes(await status(address)));
      demo.kill('SIGKILL');
      const deadline = Date.now() + 60_000;
      const isUp = () =>
        status(address).then(
          () => true,
          () => false,
        );
      while ((await isUp()) && Date.now() < deadline) await delay(200);
      assert.equal(await isUp(), false);
    } finally {
      demo.kill('SIGKILL');
    }
  });
});

describe('The demo in the VS Code server', () => {
  const ui = provideUi({ settings: { 'stackprep.demo.pace': 'fast' } });

  it('is reachable on loopback only: with the token, or with the key of its nodes that only its owner can read', async () => {
    const workbench = await ui.open({});
    await workbench.show('Stackprep');
    await workbench.command('stackprep.startDemo');
    await workbench.row('openstack4').waitFor();
    const home = join(ui.state(), '../../../../..');
    const demo = join(ui.state(), '../demo');
    const { tcp, unix } = listening(socketsOf(home));
    const loopback = /^0100007F:/;
    assert.deepEqual(
      tcp.filter((address) => !loopback.test(address)),
      [],
    );
    const ports = tcp.map((address) => Number.parseInt(address.split(':')[1] ?? '', 16)).sort();
    const cluster = readFileSync(join(demo, 'demo.cluster.yaml'), 'utf8');
    const nodes = [...cluster.matchAll(/port: (\d+)/g)].map(([, port]) => Number(port));
    assert.equal(nodes.length, 4);
    assert.deepEqual(ports, [...nodes, Number(new URL(workbench.page.url()).port)].sort());
    assert.deepEqual(
      unix.filter((path) => !path.startsWith(home)),
      [],
    );
    for (const name of ['id_ed25519', 'demo.cluster.yaml', 'known_hosts'])
      assert.equal(await mode(join(demo, name)), 0o600, name);
    assert.equal(await mode(demo), 0o700);
  });
});

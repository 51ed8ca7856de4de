import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, type VsCodeServer } from '../server.ts';

/** The command lines of all processes, which every user of the machine can read (proc(5)). */
function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
      } catch {
        // It has just ended.
        return [];
      }
    });
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

  const get = async (address: string): Promise<number> => {
    const answer = await fetch(address, { redirect: 'manual' });
    await answer.body?.cancel();
    return answer.status;
  };

  it('refuses whoever has no token, or another one, and lets in who has the right one', async () => {
    const address = server.url({ workspace: home });
    const without = new URL(address);
    assert.match(without.searchParams.get('tkn') ?? '', /^[\w-]{43}$/);
    assert.ok([200, 302].includes(await get(address)));
    without.searchParams.delete('tkn');
    assert.equal(await get(without.href), 403);
    without.searchParams.set('tkn', randomBytes(32).toString('base64url'));
    assert.equal(await get(without.href), 403);
    const file = new URL('/vscode-remote-resource', without);
    file.searchParams.set('path', '/etc/passwd');
    assert.equal(await get(file.href), 403);
  });

  it('keeps the token and its data from other users of the machine', async () => {
    const token = new URL(server.url({ workspace: home })).searchParams.get('tkn') ?? '';
    assert.equal(
      commandLines().some((line) => line.includes(token)),
      false,
    );
    assert.ok(commandLines().some((line) => line.includes('--connection-token-file')));
    assert.equal(await mode(home), 0o700);
    assert.equal(await mode(join(home, 'token')), 0o600);
    const door = await server.doorFile({ workspace: home });
    assert.equal(await mode(door), 0o600);
    assert.ok(readFileSync(door, 'utf8').includes(`tkn=${token}`));
  });

  it('ends with its launcher, and takes its data away', async () => {
    await server.stop();
    await assert.rejects(fetch(server.url({ workspace: home })));
    await assert.rejects(stat(home), { code: 'ENOENT' });
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { startServer, type VsCodeServer } from '../vscode/server.ts';

/** The user without rights; another user of this computer. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const title = isRoot ? '' : ' (skipped: requires root, to act as another user)';

interface Answer {
  readonly status: number;
  readonly body: string;
}

function get(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

(isRoot ? describe : describe.skip)(
  `Another user of this computer, at the editor of the demo${title}`,
  function () {
    this.timeout(180_000);
    let server: VsCodeServer;
    let home: string;
    before(async function () {
      const started = await startServer();
      if (!started.ok) return this.skip();
      server = started.value;
      home = dirname(await server.accessPage({ workspace: '/' }));
    });
    after(() => server?.stop());

    const tokenOf = (): string => new URL(server.url({ workspace: '/' })).searchParams.get('tkn') ?? '';

    it('gets no page and no file without the token, by whatever name the host is called', async () => {
      const resource = '/vscode-remote-resource?path=%2Fetc%2Fshadow';
      const [commit = ''] =
        /\/(?:stable|oss|insider)-\w+/.exec((await get(server.port, `/?tkn=${tokenOf()}`)).body) ?? [];
      for (const path of [
        '/',
        '/?tkn=',
        `/?tkn=${tokenOf().slice(0, -1)}`,
        `/?tkn[]=${tokenOf().slice(1)}`,
        resource,
        `${commit}${resource}`,
      ])
        for (const host of [`127.0.0.1:${server.port}`, 'localhost', 'rebound.example.org']) {
          const { status, body } = await get(server.port, path, { host, cookie: 'vscode-tkn=x' });
          assert.notEqual(status, 200, `${path} of ${host}`);
          assert.doesNotMatch(body, /root:|workbench/, `${path} of ${host}`);
        }
    });

    it('reads no token: not from processes, not from files', () => {
      assert.ok(tokenOf().length >= 32);
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        const words = spawnSync('cat', [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`], {
          uid: nobody,
          encoding: 'latin1',
        });
        assert.ok(!words.stdout.includes(tokenOf()), words.stdout.slice(0, 200));
      }
      assert.equal(statSync(home).mode & 0o777, 0o700);
      const seen = spawnSync('ls', ['-R', home], { uid: nobody, encoding: 'utf8' });
      assert.equal(seen.stdout.replace(`${home}:`, '').trim(), '');
      assert.notEqual(seen.status, 0);
    });

    it('finds no socket that it can open', () => {
      const sockets = readFileSync('/proc/net/unix', 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[7] ?? '')
        .filter((path) => /vscode|stackprep/i.test(path) && path.startsWith(home));
      for (const path of sockets) {
        const tried = spawnSync('test', ['-w', path], { uid: nobody });
        assert.notEqual(tried.status, 0, path);
      }
      const outside =
        readFileSync('/proc/net/unix', 'utf8').match(/(?:\/run\/user|\/tmp)\/vscode-\S*/g) ?? [];
      assert.deepEqual(
        outside.filter((path) => !path.startsWith(home)),
        [],
      );
    });

    it('finds nothing when the command has ended', async () => {
      await server.stop();
      await assert.rejects(get(server.port, '/'), /ECONNREFUSED/);
      assert.equal(existsSync(home), false);
    });
  },
);

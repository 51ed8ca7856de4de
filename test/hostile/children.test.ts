import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { isCallExpression, isNewExpression } from 'typescript/unstable/ast';
import { bundleFiles } from '../../src/cli/logs/bundle.ts';
import { ownVariables, toolOptions } from '../../src/remote/base/child-env.ts';
import { type Folder, temporaryFolder } from '../cli/folder.ts';
import { SyntaxKind, visitSources } from '../support/typed-sources.ts';

/** How each program is started that Stackprep starts, by its place and what starts it. */
const children: Readonly<Record<string, RegExp>> = {
  // Programs that the user has named.
  'app/secrets/secret-command.ts spawn': /\.\.\.programOptions\(env\)/,
  'remote/proxy-command.ts spawn': /\.\.\.programOptions\(process\.env\)/,
  'remote/host-keys/known-hosts-command.ts execFile': /programOptions\(env\)/,
  // The ssh config may name variables and programs (Match exec).
  'remote/ssh-config/read.ts execFile': /programOptions\(env\)/,
  'client/terminal.ts createTerminal': /ownVariables\(process\.env\)/,
  // Tools that read a file.
  'remote/host-keys/revoked-keys.ts execFile': /toolOptions\(env\)/,
  'cli/logs/unpacked.ts spawn': /\.\.\.toolOptions\(process\.env\)/,
  // A thread, whose code is in that file.
  'remote/keys/pkcs8.ts Worker': /env: \{\}/,
  'client/language-client.ts LanguageClient': /ownVariables\(process\.env\)/,
};

const starting =
  /^(?:spawn|spawnSync|execSync|execFile|execFileSync|fork|createTerminal|LanguageClient|Worker|ShellExecution|ProcessExecution)$/;

describe('The programs that Stackprep starts', () => {
  it('are these, and each gets no more of the environment than it needs', function () {
    this.timeout(240_000);
    const found = new Map<string, string>();
    const modules: string[] = [];
    visitSources(
      new Set([SyntaxKind.CallExpression, SyntaxKind.NewExpression, SyntaxKind.StringLiteral]),
      ({ node, place, file, text }) => {
        const [path = ''] = place.split(':');
        if (/^['"]node:(?:child_process|worker_threads|cluster)['"]$/.test(text(node))) modules.push(path);
        if (!isCallExpression(node) && !isNewExpression(node)) return;
        const name = text(node.expression)
          .replace(/^[\s\S]*\n\s*\./, '')
          .replace(/^window\./, '');
        if (starting.test(name)) found.set(`${path} ${name}`, file.text);
      },
    );
    assert.deepEqual([...found.keys()].sort(), Object.keys(children).sort());
    for (const [place, options] of Object.entries(children))
      assert.match(found.get(place) ?? '', options, place);
    const importing = Object.keys(children).flatMap(
      (place) => /^(\S+) (?:spawn|execFile|Worker)$/.exec(place)?.[1] ?? [],
    );
    assert.deepEqual(modules.sort(), importing.sort(), 'no other module can start one');
  });

  it('differ in what they need', () => {
    const env = {
      PATH: '/bin',
      LC_ALL: 'C',
      AWS_SECRET_ACCESS_KEY: 'x',
      SSH_AUTH_SOCK: 'y',
      STACKPREP_X: 'z',
      stackprep_y: 'z',
    };
    assert.deepEqual(ownVariables(env), ['STACKPREP_X', 'stackprep_y']);
    assert.deepEqual(toolOptions(env), {
      env: { PATH: '/bin', LC_ALL: 'C' },
      cwd: homedir(),
      windowsHide: true,
    });
  });

  describe('to unpack an archive', () => {
    let folder: Folder;
    let path: string | undefined;
    before(async function () {
      if (process.platform === 'win32') this.skip();
      folder = await temporaryFolder();
      path = process.env.PATH;
    });
    after(async () => {
      if (path !== undefined) process.env.PATH = path;
      delete process.env.STACKPREP_SECRET_QUEUE;
      delete process.env.TOKEN_OF_ANOTHER;
      await folder?.remove();
    });

    it('get no secret and nothing else of the environment, and run in the home folder', async () => {
      const seen = join(folder.path, 'seen');
      const fake = join(folder.path, 'xz');
      writeFileSync(fake, `#!/bin/sh\nenv >${seen}; pwd >>${seen}\nexit 1\n`);
      chmodSync(fake, 0o755);
      const archive = await folder.write('a.tar.xz', 'x');
      process.env.PATH = `${folder.path}:${path}`;
      process.env.STACKPREP_SECRET_QUEUE = 'hunter2hunter2';
      process.env.TOKEN_OF_ANOTHER = 'hunter3hunter3';
      await assert.rejects(async () => {
        for await (const _ of bundleFiles(archive, { large: 0, isCut: false }));
      }, /^Error: xz: 1$/);
      const text = readFileSync(seen, 'utf8');
      assert.match(text, /^PATH=/m);
      assert.doesNotMatch(text, /STACKPREP_|hunter/);
      assert.equal(text.trim().split('\n').at(-1), homedir());
    });
  });
});

describe('The extension in an untrusted workspace', () => {
  const folder = join(import.meta.dirname, '../../src/client');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('asks no ssh about a host of a file there: its config could start a program', () => {
    const asking = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && /\bdecidedLogin\(/.test(read(name)))
      .map((name) => name.split(sep).join('/'));
    // The terminal is opened by a command that connects; see node-handlers.ts.
    assert.deepEqual(asking.sort(), ['documents/script.ts', 'terminal.ts']);
    assert.match(
      read('documents/script.ts'),
      /if \(!workspace\.isTrusted\) return node\.ssh;\n[^\n]*\n\s*return await decidedLogin\(/,
    );
    assert.match(read('node-handlers.ts'), /openTerminal: connecting\(/);
  });

  it('connects only after a command that has asked for trust', () => {
    for (const name of ['handlers.ts', 'node-handlers.ts', 'stored-run-handlers.ts']) {
      const text = read(name);
      const lines = text
        .split('\n')
        .filter((line) => /runner\.start\(|unfinished\.resume\(|demo\.start\(/.test(line));
      for (const line of lines) {
        const at = text.indexOf(line);
        assert.match(
          text.slice(Math.max(0, at - 200), at + line.length),
          /mayConnect\(\)/,
          `${name}: ${line}`,
        );
      }
    }
    const node = read('node-handlers.ts');
    const returned = node.slice(node.indexOf('  return {'));
    const commands = [...returned.matchAll(/^ {4}(\w+): (\w+)/gm)].map(([, command, by]) => [command, by]);
    assert.ok(commands.length >= 4);
    for (const [command, by] of commands) assert.equal(by, 'connecting', command);
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { secretFromCommand } from '../../../src/app/secrets/secret-command.ts';
import { addSecrets, secretsInFile } from '../../../src/app/secrets/secret-file.ts';
import {
  configuredSources,
  decodeSources,
  findSecret,
  type SecretSources,
} from '../../../src/app/secrets/sources.ts';
import type { Failure } from '../../../src/base/failure.ts';
import { english } from '../../../src/base/l10n.ts';
import { type Home, makeHome } from '../../support/connecting.ts';

const never = new AbortController().signal;

function messageOf(value: unknown): string {
  assert.ok(typeof value === 'object' && value !== null && 'code' in value, `no failure: ${String(value)}`);
  const { code, message, action } = value as Failure;
  assert.equal(code, 'secret-source');
  return `${english(message)} ${english(action)}`;
}

const posix = process.platform === 'win32' ? describe.skip : describe;

posix('The sources of secrets', () => {
  let home: Home;
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  const place = () => ({ env: { PATH: process.env.PATH }, home: home.path });
  const search = (sources: SecretSources, name = 'rabbit', cluster = 'lab') =>
    findSecret({ ...place(), sources, cluster, name, signal: never });
  const command = (script: string, more: object = {}) =>
    secretFromCommand({
      ...place(),
      ...{ command: ['sh', '-c', script, 'sh', '{cluster}', '{name}'], cluster: 'lab', name: 'rabbit' },
      signal: never,
      ...more,
    });

  describe('by a command', () => {
    it('give the first line that it prints, with the names as arguments and without a shell', async () => {
      assert.equal(await command('echo "$1/$2/$0"; echo more'), 'lab/rabbit/sh');
      assert.equal(await command("printf 'no newline ✓'"), 'no newline ✓');
      assert.equal(await command("printf 'dos\\r\\nline'"), 'dos');
      const sources = { file: home.file('none.json'), command: ['printf', '%s', '$HOME`id`{name};$(id)'] };
      assert.equal(await search(sources), '$HOME`id`rabbit;$(id)');
    });

    it('fail with the last line that it prints as an error, and never with its output', async () => {
      const failure = messageOf(
        await command('echo the-secret; echo first >&2; echo "not in the store" >&2; exit 3'),
      );
      assert.match(failure, /^Secret `rabbit`: sh failed: .*not in the store/);
      assert.match(failure, /Run it in a terminal to see the cause: sh -c /);
      assert.doesNotMatch(failure.replace(/Run it in.*/s, ''), /the-secret/);
      assert.match(messageOf(await command('exit 7')), /sh failed with exit code 7\./);
      assert.match(
        messageOf(await command('printf "\\033[31mred\\033[0m" >&2; exit 1')),
        /<U\+001B>\[31mred/,
      );
    });

    it('fail if it prints nothing, something other than text, or too much', async () => {
      assert.match(messageOf(await command(':')), /printed nothing/);
      assert.match(messageOf(await command('echo; echo second')), /printed nothing/);
      assert.match(messageOf(await command("printf 'a\\000b'")), /did not print a line of text/);
      assert.match(messageOf(await command("printf '\\377\\376'")), /did not print a line of text/);
      assert.match(messageOf(await command('yes')), /printed more than 65536 bytes/);
    });

    it('are ended after their time, together with the reading of what they have started', async () => {
      const text = messageOf(await command('sleep 1000 & sleep 1000', { limitMs: 50 }));
      assert.match(text, /sh did not answer within 0\.05 seconds/);
    });

    it('are taken from a command that leaves a program running, such as an agent that it has started', async () => {
      assert.equal(await command('sleep 1000 & echo $! >agent; echo quick'), 'quick');
      process.kill(Number(readFileSync(home.file('agent'), 'utf8')));
    });

    it('fail with the signal that ended the command', async () => {
      assert.match(messageOf(await command('kill -9 $$')), /rabbit`: sh was terminated by SIGKILL\. Run it/);
    });

    it('are ended when the run is cancelled', async () => {
      const controller = new AbortController();
      const found = command('sleep 1000', { signal: controller.signal });
      controller.abort();
      assert.equal(await found, undefined);
    });

    it('fail if the program does not exist', async () => {
      const found = command('', { command: ['no-such-program', '{name}'] });
      assert.match(messageOf(await found), /no-such-program cannot be started: ENOENT/);
    });

    it('get no name that could be an option, another folder or a second line', async () => {
      for (const name of ['-o/tmp/x', '../other', 'a/b', 'a..b', 'a b', '$(id)', 'a\nb', ''])
        assert.match(messageOf(await command('echo "$2"', { name })), /cannot be an argument/, name);
      assert.match(messageOf(await command('echo "$1"', { cluster: '--help' })), /`--help` cannot be/);
      assert.equal(await command('echo "$1"', { cluster: '시드-lab_1.a' }), '시드-lab_1.a');
    });

    it('get no secret of this process in their environment', async () => {
      const env = {
        ...place().env,
        STACKPREP_SECRET_DB: 'hidden',
        STACKPREP_SUDO_PASSWORD: 'hidden',
        KEPT: 'yes',
      };
      const out = await command('env | grep -c hidden; env | grep KEPT >&2; exit 1', { env });
      assert.match(messageOf(out), /failed: KEPT=yes/);
      assert.equal(await command('env | grep -c hidden || true', { env }), '0');
    });
  });

  describe('in a file', () => {
    const stored = (text: string, mode = 0o600): string => {
      const path = home.file('secrets.json');
      writeFileSync(path, text, { mode });
      chmodSync(path, mode);
      return path;
    };

    it('are found by cluster and name, before the command is asked', async () => {
      const file = stored('{"lab":{"rabbit":"from the file"},"other":{"db":"x"}}');
      const sources = { file, command: ['echo', 'from the command', '{name}'] };
      assert.equal(await search(sources), 'from the file');
      assert.equal(await search(sources, 'db'), 'from the command db');
      assert.equal(await search({ file }, 'db'), undefined);
      assert.equal(await search({ file }, 'constructor'), undefined);
      assert.equal(await search({ file: home.file('none.json') }), undefined);
    });

    it('are refused if others can read or change the file, or it is not a plain file of the user', async () => {
      for (const mode of [0o640, 0o604, 0o620, 0o602, 0o644, 0o777])
        assert.match(
          messageOf(await search({ file: stored('{}', mode) })),
          /secrets\.json can be read or changed by other users\. Run chmod 600 /,
        );
      assert.equal(await search({ file: stored('{}', 0o400) }), undefined);
      assert.match(messageOf(await search({ file: home.path })), /is not a file/);
      execFileSync('mkfifo', ['-m', '600', home.file('pipe')]);
      assert.match(messageOf(await search({ file: home.file('pipe') })), /is not a file/);
      symlinkSync(stored('{"lab":{"rabbit":"linked"}}'), home.file('link'));
      assert.equal(await search({ file: home.file('link') }), 'linked');
      if (process.getuid?.() !== 0) return;
      execFileSync('chown', ['65534', stored('{}')]);
      assert.match(messageOf(await search({ file: home.file('secrets.json') })), /belongs to another user/);
    });

    it('are refused with their place, and without their text, if the file is broken', async () => {
      const texts = [
        '{"lab":{"rabbit":"s3cret"',
        '{\n"lab": s3cret }',
        's3cret',
        '\xff',
        '[]',
        '"s3cret"',
        '{"lab":"s3cret"}',
        '{"lab":{"rabbit":["s3cret"]}}',
      ];
      for (const text of texts) {
        const message = messageOf(await search({ file: stored(text) }));
        assert.match(message, /secrets\.json/);
        assert.doesNotMatch(message, /s3cret/, text);
      }
      writeFileSync(home.file('secrets.json'), Buffer.from([0xff, 0xfe]));
      assert.match(messageOf(await search({ file: home.file('secrets.json') })), /is not valid JSON/);
      assert.match(messageOf(await search({ file: stored(' '.repeat(1_048_577)) })), /too large/);
    });

    it('are added to it in one step, which keeps the others and the mode', async () => {
      const file = home.file('new/folder/secrets.json');
      assert.equal(await addSecrets(file, 'lab', new Map([['a', '1']])), undefined);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
      assert.equal(await addSecrets(file, 'lab', new Map([['b', '2']])), undefined);
      assert.equal(await addSecrets(file, '__proto__', new Map([['c', '3']])), undefined);
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')).lab, { a: '1', b: '2' });
      const found = await secretsInFile(file, '__proto__');
      assert.deepEqual('values' in found && [...found.values], [['c', '3']]);
      writeFileSync(`${file}.new`, '');
      assert.match(
        messageOf(await addSecrets(file, 'lab', new Map([['d', '4']]))),
        /cannot be written: EEXIST\. Remove /,
      );
      assert.doesNotMatch(readFileSync(file, 'utf8'), /"d"/);
    });
  });

  describe('in the configuration of the command line', () => {
    const configured = (value: unknown, mode = 0o600) => {
      mkdirSync(home.file('.config/stackprep'), { recursive: true });
      writeFileSync(
        home.file('.config/stackprep/config.json'),
        typeof value === 'string' ? value : JSON.stringify(value),
      );
      chmodSync(home.file('.config/stackprep/config.json'), mode);
      return configuredSources(place());
    };

    it('are the default file if there is no configuration', async () => {
      assert.deepEqual(await configuredSources(place()), {
        file: home.file('.config/stackprep/secrets.json'),
      });
      const env = { XDG_CONFIG_HOME: home.file('xdg') };
      assert.deepEqual(await configuredSources({ ...place(), env }), {
        file: home.file('xdg/stackprep/secrets.json'),
      });
      const relative = { XDG_CONFIG_HOME: 'xdg' };
      assert.deepEqual(
        await configuredSources({ ...place(), env: relative }),
        await configuredSources(place()),
      );
    });

    it('are a command and a file', async () => {
      const command = ['pass', 'show', '{cluster}/{name}'];
      assert.deepEqual(await configured({ secrets: { command, file: '~/s.json' } }), {
        command,
        file: home.file('s.json'),
      });
    });

    it('are refused if the configuration is wrong, can be changed by others, or has unknown keys', async () => {
      assert.match(
        messageOf(await configured({ secrets: {} }, 0o666)),
        /config\.json can be read or changed/,
      );
      assert.match(messageOf(await configured({ secret: {} })), /unknown key `secret`/);
      assert.match(messageOf(await configured({ secrets: { comand: [] } })), /unknown key `comand`/);
      for (const wrong of [[], 'x', 1, null])
        assert.match(messageOf(await configured({ secrets: wrong })), /is not a configuration/);
      for (const wrong of [[], 'null', '{'])
        assert.match(messageOf(await configured(wrong)), /config\.json(?: is not|, line)/);
      for (const command of [
        'pass show {name}',
        [],
        ['pass'],
        ['{name}'],
        ['', '{name}'],
        ['a', 1, '{name}'],
        null,
      ])
        assert.match(
          messageOf(await configured({ secrets: { command } })),
          /`secrets\.command` must be a list/,
        );
      for (const file of ['secrets.json', '', '~other/x', 5, null])
        assert.match(
          messageOf(await configured({ secrets: { file } })),
          /`secrets\.file` must be an absolute path/,
        );
    });

    it('are decoded in the same way from the settings of an editor', () => {
      const found = decodeSources({ command: 'pass' }, 'settings.json', place());
      assert.match(messageOf(found), /^settings\.json: `secrets\.command` must be a list/);
      assert.equal(existsSync(home.file('.config')), false);
    });
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { main } from '../../src/cli/cli.ts';
import { manPage } from '../../src/cli/command-line/man.ts';
import { commands, everywhere } from '../../src/cli/command-line/options.ts';
import { parse } from '../../src/cli/command-line/parse.ts';
import { hasProgram } from '../support/programs.ts';
import { fakeIo } from './fake-io.ts';

/** The words of an example as a shell passes them to the program. */
function wordsOf(example: string): readonly string[] {
  const [command = ''] = example.split(/ (?:>>?|\|) /);
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

async function help(command: string, lang = 'en'): Promise<string> {
  const { io, stdout } = fakeIo();
  assert.equal(await main([command, '--help', '--lang', lang], io), 0);
  return stdout.text();
}

describe('The help of a command', () => {
  for (const { name, examples, options } of commands) {
    it(`has examples that the program accepts: ${name}`, async () => {
      assert.ok(examples.length > 0);
      for (const lang of ['en', 'ko'])
        for (const example of examples)
          assert.ok((await help(name, lang)).includes(`\n  stackprep ${example}\n`), example);
      for (const example of examples) {
        const parsed = parse(wordsOf(example));
        assert.equal(parsed.kind, 'command', example);
        assert.equal(parsed.kind === 'command' && parsed.command.name, name, example);
      }
    });

    it(`has a text for every option: ${name}`, async () => {
      const text = await help(name);
      for (const option of [...options, ...everywhere])
        assert.ok(text.includes(`--${option.name}`), option.name);
    });
  }

  it('names the page of the documentation about it, in Korean where there is one', async () => {
    for (const { name } of commands)
      for (const lang of ['en', 'ko']) {
        const [, page = ''] = /\n {2}https:\S+\/blob\/main\/(docs\/\S+)\n/.exec(await help(name, lang)) ?? [];
        assert.ok(existsSync(new URL(`../../${page}`, import.meta.url)), `${name}: ${page}`);
      }
    assert.match(await help('demo', 'ko'), /docs\/getting-started\.ko\.md\n/);
    assert.match(await help('run', 'ko'), /docs\/rollout\.md\n/);
  });

  it('has examples that are refused with a wrong option', () => {
    for (const { examples } of commands)
      for (const example of examples)
        assert.equal(parse([...wordsOf(example), '--no-such-option']).kind, 'invalid', example);
  });
});

describe('The manual page', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const page = manPage(version);
  const roff = (text: string): string => text.replaceAll('-', '\\-');

  it('has every command with its options and examples, and the exit codes of the help', () => {
    for (const { name, options, examples } of commands) {
      const part = page
        .slice(page.indexOf(`.SS "${name}"`))
        .split('\n.S', 2)
        .join('');
      for (const option of options)
        assert.ok(part.includes(roff(`--${option.name}`)), `${name} --${option.name}`);
      for (const example of examples) assert.ok(part.includes(roff(`stackprep ${example}`)), example);
    }
    for (const code of ['0', '1', '2', '3', '130']) assert.ok(page.includes(`.TP\n.B "${code}"\n`), code);
    assert.ok(page.includes(`"Stackprep ${version}"`));
  });

  const itWith = (program: string) => (hasProgram(program) ? it : it.skip);

  itWith('mandoc')('has no problem for mandoc', () => {
    const found = execFileSync('mandoc', ['-Tlint', '-W', 'warning'], { input: page, encoding: 'utf8' });
    assert.equal(found, '');
  });

  itWith('man')('is shown by man without a warning, each option whole', () => {
    const env = { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8' };
    const args = ['--warnings', '-l', 'man/stackprep.1'];
    const shown = execFileSync('sh', ['-c', 'man "$@" 2>&1', 'sh', ...args], {
      env,
      cwd: new URL('../..', import.meta.url),
      encoding: 'utf8',
    });
    assert.doesNotMatch(shown, /^(?:troff|man|mandoc|<[^>]*>).*:/m);
    for (const { options } of commands)
      for (const { name, value } of options)
        assert.ok(shown.includes(`--${name}${value ? ` ${value.replace('…', '...')}` : ''}`), name);
  });
});

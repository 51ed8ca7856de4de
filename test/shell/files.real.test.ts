import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { parametersOf, shellFiles, shellText } from '../../scripts/shell-files.ts';
import { hasProgram } from '../support/programs.ts';

const files = shellFiles();
const functionsOf = (text: string): string[] =>
  [...text.matchAll(/^([a-z][a-z0-9_]*)\(\) /gm)].map(([, name = '']) => name);
const variablesOf = (text: string): string[] =>
  [...text.matchAll(/(?:^|[ ;])(s[pj]_[a-z0-9_]*)=/gm)].map(([, name = '']) => name);

/** These run by themselves: nothing stands before them but their parameters. */
const alone = ['jobs/controller.sh', 'shell/key-folder.sh', 'shell/runner.sh', 'steps/ssh-keys/node-keys.sh'];
/** The files that a step can use: their functions and variables are at hand there. */
const library = files.filter((path) => path.startsWith('shell/') && !alone.includes(path)).map(shellText);

/** What ShellCheck has to know of a file's surroundings: its parameters, and what it names of the library. */
function stub(path: string): string {
  const text = shellText(path);
  const own = functionsOf(text);
  const names = alone.includes(path) ? [] : [...variablesOf(library.join('\n')), 'sp_nonce'];
  const functions = alone.includes(path) ? [] : library.flatMap(functionsOf);
  const isNamed = (name: string) => new RegExp(`\\b${name}\\b`).test(text);
  return [
    ...new Set([...parametersOf(text), ...names.filter(isNamed)].map((name) => `${name}=''; : "$${name}"`)),
    ...new Set(
      functions.filter((name) => isNamed(name) && !own.includes(name)).map((name) => `${name}() { :; }`),
    ),
    '',
  ].join('\n');
}

describe('the shell files', () => {
  for (const path of files) {
    it(`src/${path} passes ShellCheck as POSIX sh, with its parameters and the library at hand`, function () {
      this.timeout(180_000);
      if (!hasProgram('shellcheck')) this.skip();
      const before = stub(path);
      const calls = alone.includes(path) ? [] : functionsOf(shellText(path)).map((name) => `${name} "$@"`);
      const input = `${before}${shellText(path)}\n${calls.join('\n')}\n`;
      const { status, stdout } = spawnSync('shellcheck', ['-s', 'sh', '-f', 'gcc', '-'], {
        input,
        encoding: 'utf8',
      });
      const skipped = before.split('\n').length - 1;
      const told = stdout.replace(
        /^-:(\d+):/gm,
        (_, line: string) => `src/${path}:${Number(line) - skipped}:`,
      );
      assert.equal(status, 0, told);
    });

    it(`src/${path} is formatted by shfmt`, function () {
      if (!hasProgram('shfmt')) this.skip();
      const { status, stdout } = spawnSync('shfmt', ['-ln', 'posix', '-i', '2', '-ci', '-d'], {
        input: shellText(path),
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout);
    });
  }

  for (const shell of ['dash', 'bash', 'busybox']) {
    it(`are read by ${shell} without an error`, function () {
      if (!hasProgram(shell)) this.skip();
      for (const path of files) {
        const args = shell === 'busybox' ? ['ash', '-n'] : ['-n'];
        const { status, stderr } = spawnSync(shell, args, { input: shellText(path), encoding: 'utf8' });
        assert.equal(status, 0, `${path}: ${stderr}`);
      }
    });
  }

  it('define no function twice', () => {
    const all = files
      .filter((path) => path !== 'jobs/controller.sh')
      .flatMap((path) => functionsOf(shellText(path)));
    assert.deepEqual(
      all.filter((name, index) => all.indexOf(name) !== index),
      [],
    );
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { parametersOf, shellFiles, shellText } from '../../scripts/shell-files.ts';
import { hasProgram } from '../support/programs.ts';

const files = shellFiles();
const functionsOf = (text: string): string[] =>
  [...text.matchAll(/^([a-z][a-z0-9_]*)\(\) /gm)].map(([, name = '']) => name);
/** The variables that a file assigns, or fills with `read`. */
const variablesOf = (text: string): string[] =>
  [...text.matchAll(/(?:^|[ ;])(?:(s[pj]_[a-z0-9_]*)=|read -r (s[pj]_[a-z0-9_]*))/gm)].map(
    ([, set, read]) => set ?? read ?? '',
  );

/** These run without the library: only their parameters precede them. */
const standalone = [
  'jobs/controller.sh',
  'shell/key-folder.sh',
  'shell/preview-command.sh',
  'shell/runner.sh',
  'steps/ssh-keys/node-keys.sh',
];
/** The library for steps, whose functions and variables are available to them. */
const library = files
  .filter((path) => path.startsWith('shell/') && !standalone.includes(path))
  .map(shellText);
/** The parts of the job controller, which share their variables and functions. */
const controllerParts = files.filter((path) => path.startsWith('jobs/'));

/** What precedes or follows a file in the script that it is part of. */
function around(path: string): readonly string[] {
  if (controllerParts.includes(path)) return controllerParts.filter((each) => each !== path).map(shellText);
  return standalone.includes(path) ? [] : library;
}

/** Declarations that ShellCheck needs before a file: its parameters and the parts of its script that it uses. */
function stub(path: string): string {
  const text = shellText(path);
  const own = functionsOf(text);
  const parts = around(path);
  const names = parts.length === 0 ? [] : [...variablesOf(parts.join('\n')), 'sp_nonce'];
  const functions = parts.flatMap(functionsOf);
  const isNamed = (name: string) => new RegExp(`\\b${name}\\b`).test(text);
  return [
    ...new Set([...parametersOf(text), ...names.filter(isNamed)].map((name) => `${name}=''; : "$${name}"`)),
    ...new Set(
      functions.filter((name) => isNamed(name) && !own.includes(name)).map((name) => `${name}() { :; }`),
    ),
    '',
  ].join('\n');
}

describe('The shell files', () => {
  for (const path of files) {
    it(`pass ShellCheck as POSIX sh, with parameters and library declared: src/${path}`, function () {
      this.timeout(180_000);
      if (!hasProgram('shellcheck')) this.skip();
      const before = stub(path);
      const calls = standalone.includes(path)
        ? []
        : functionsOf(shellText(path)).map((name) => `${name} "$@"`);
      const input = `${before}${shellText(path)}\n${calls.join('\n')}\n`;
      const { status, stdout } = spawnSync('shellcheck', ['-s', 'sh', '-f', 'gcc', '-'], {
        input,
        encoding: 'utf8',
      });
      const skipped = before.split('\n').length - 1;
      const output = stdout.replace(
        /^-:(\d+):/gm,
        (_, line: string) => `src/${path}:${Number(line) - skipped}:`,
      );
      assert.equal(status, 0, output);
    });

    it(`are formatted by shfmt: src/${path}`, function () {
      if (!hasProgram('shfmt')) this.skip();
      const { status, stdout } = spawnSync('shfmt', ['-ln', 'posix', '-i', '2', '-ci', '-d'], {
        input: shellText(path),
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout);
    });
  }

  for (const shell of ['dash', 'bash', 'busybox']) {
    it(`are parsed by ${shell} without an error`, function () {
      if (!hasProgram(shell)) this.skip();
      for (const path of files) {
        const args = shell === 'busybox' ? ['ash', '-n'] : ['-n'];
        const { status, stderr } = spawnSync(shell, args, { input: shellText(path), encoding: 'utf8' });
        assert.equal(status, 0, `${path}: ${stderr}`);
      }
    });
  }

  it('define no function twice, except those of previews that print text', () => {
    const all = files
      .filter((path) => path !== 'jobs/controller.sh')
      .flatMap((path) => functionsOf(shellText(path)));
    const replaced = functionsOf(shellText('shell/preview-text.sh')).filter((name) =>
      functionsOf(shellText('shell/preview-files.sh')).includes(name),
    );
    assert.ok(replaced.length > 0, 'the text replaces how differences are printed');
    assert.deepEqual(all.filter((name, index) => all.indexOf(name) !== index).sort(), replaced.sort());
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { hasProgram } from '../support/programs.ts';
import { builtCommand } from './built.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const cluster = `cluster: x
ssh: { user: root }
nodes:
  controller: { address: 10.0.0.1 }
  "compute[1:2]": { address: "10.0.0.[2:3]" }
steps: [hostname, upgrade]
`;
/** A program in place of stackprep whose only candidate would run a command if a shell evaluated it. */
const hostile = "#!/bin/sh\nprintf -- '-\\t\\n%s\\t%s\\n' '$(touch pwned);`touch pwned`' '$(touch pwned)'\n";

/** What is typed before Tab, and the line after it. */
const lines: readonly (readonly [typed: string, line: string])[] = [
  ['stackprep val', 'stackprep validate'],
  ['stackprep run x.cl', 'stackprep run x.cluster.yaml'],
  ['stackprep run x.cluster.yaml --res', 'stackprep run x.cluster.yaml --resume'],
  ['stackprep run x.cluster.yaml --node con', 'stackprep run x.cluster.yaml --node controller'],
  ['stackprep run x.cluster.yaml --node=con', 'stackprep run x.cluster.yaml --node=controller'],
  [
    'stackprep run --step ups x.cluster.yaml --step up',
    'stackprep run --step ups x.cluster.yaml --step upgrade',
  ],
  ["stackprep plan 'my lab.yaml' --node con", "stackprep plan 'my lab.yaml' --node controller"],
  ['stackprep plan my\\ lab.yaml --node con', 'stackprep plan my\\ lab.yaml --node controller'],
  ['stackprep demo --pace f', 'stackprep demo --pace fast'],
  ['stackprep run x.cluster.yaml --known-hosts kn', 'stackprep run x.cluster.yaml --known-hosts known'],
  ['stackprep completion z', 'stackprep completion zsh'],
];

describe('The completion in a real shell', () => {
  let folder: Folder;
  let env: Record<string, string | undefined>;
  before(async () => {
    folder = await temporaryFolder();
    await folder.write('x.cluster.yaml', cluster);
    await folder.write('my lab.yaml', cluster);
    await folder.write('$(touch pwned).yaml', '');
    chmodSync(await folder.write('evil/stackprep', hostile), 0o755);
    await folder.write('known', '');
    mkdirSync(`${folder.path}/bin`);
    const [, cli] = builtCommand();
    symlinkSync(cli, `${folder.path}/bin/stackprep`);
    env = {
      ...process.env,
      PATH: `${folder.path}/bin:${process.env.PATH}`,
      HOME: folder.path,
      LC_ALL: 'C.UTF-8',
    };
    for (const shell of ['bash', 'zsh', 'fish'])
      writeFileSync(
        `${folder.path}/completion.${shell}`,
        execFileSync('stackprep', ['completion', shell], { env }),
      );
  });
  after(() => folder.remove());

  /** A shell in a terminal of tmux; `typed` is what it shows on its last line after these keys. */
  function terminal(shell: string, command: string) {
    const socket = `${folder.path}/${shell}.socket`;
    const tmux = (...args: readonly string[]): string =>
      execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
        env,
        cwd: folder.path,
        encoding: 'utf8',
      });
    tmux('new-session', '-d', '-x', '150', '-y', '50', command);
    const screen = (): string => tmux('capture-pane', '-p', '-t', '0').trimEnd();
    const lastLine = (): string => screen().split('\n').at(-1) ?? '';
    return {
      send: (...keys: readonly string[]) => tmux('send-keys', '-t', '0', ...keys),
      literally: (text: string) => tmux('send-keys', '-t', '0', '-l', text),
      screen,
      async shows(expected: (line: string) => boolean, about: string): Promise<void> {
        const deadline = Date.now() + 60_000;
        while (!expected(lastLine())) {
          if (Date.now() > deadline) assert.fail(`${about}\nThe screen:\n${screen()}`);
          await delay(50);
        }
      },
      end: () => tmux('kill-server'),
    };
  }

  async function completesIn(
    shell: 'bash' | 'zsh',
    command: string,
    preparation: readonly string[],
  ): Promise<void> {
    const on = terminal(shell, command);
    try {
      await on.shows((line) => line.endsWith('ready>'), 'the prompt');
      for (const line of [...preparation, `source ./completion.${shell}`]) on.send(line, 'Enter');
      on.send('clear', 'Enter');
      for (const [typed, expected] of lines) {
        on.send('C-u');
        await on.shows((line) => line === 'ready>', 'an empty line');
        on.literally(typed);
        await on.shows((line) => line === `ready> ${typed}`, typed);
        on.send('Tab');
        await on.shows((line) => line === `ready> ${expected}`, `${typed} is not completed to ${expected}`);
      }
      on.send('C-u');
      on.send('PATH="$PWD/evil:$PATH"', 'Enter');
      on.send('clear', 'Enter');
      for (const typed of ['stackprep x ', "stackprep '$(touch pwned)' "]) {
        on.send('C-u');
        await on.shows((line) => line === 'ready>', 'an empty line');
        on.literally(typed);
        on.send('Tab');
        await on.shows((line) => line.includes('\\$\\(touch\\ pwned\\)'), 'the quoted candidate');
      }
      assert.equal(existsSync(`${folder.path}/pwned`), false);
    } finally {
      on.end();
    }
  }

  const itWith = (programs: readonly string[]) => (programs.every(hasProgram) ? it : it.skip);

  itWith(['tmux', 'bash'])(
    'completes commands, options, files, nodes and steps in bash, and runs nothing',
    async () => {
      await completesIn('bash', "env PS1='ready> ' bash --norc --noprofile -i", []);
    },
  );

  itWith(['tmux', 'zsh'])(
    'completes commands, options, files, nodes and steps in zsh, and runs nothing',
    async () => {
      const preparation = ['autoload -Uz compinit && compinit -u -D'];
      await completesIn('zsh', "env PS1='ready> ' zsh -f -i", preparation);
    },
  );

  itWith(['zsh'])('completes in zsh from a folder of functions', () => {
    mkdirSync(`${folder.path}/functions`);
    const script =
      'stackprep completion zsh > functions/_stackprep; fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D; print -r -- $_comps[stackprep] $_comps[stackprep.mjs]';
    const out = execFileSync('zsh', ['-f', '-c', script], { env, cwd: folder.path, encoding: 'utf8' });
    assert.equal(out, '_stackprep _stackprep\n');
  });

  itWith(['fish'])('completes commands, options, files, nodes and steps in fish, and runs nothing', () => {
    const fish = (typed: string): readonly string[] => {
      const script = `source completion.fish; complete -C ${JSON.stringify(typed).replaceAll('$', '\\$')}`;
      const out = execFileSync('fish', ['--no-config', '-c', script], {
        env,
        cwd: folder.path,
        encoding: 'utf8',
      });
      return out.split('\n').flatMap((line) => (line ? [line.split('\t')[0] ?? ''] : []));
    };
    for (const [typed, expected] of lines) {
      const whole = fish(typed).map((word) => `${typed.slice(0, typed.lastIndexOf(' ') + 1)}${word}`);
      assert.deepEqual(whole, [expected], typed);
    }
    const evil = { ...env, PATH: `${folder.path}/evil:${env.PATH}` };
    const script = 'source completion.fish; complete -C "stackprep x "';
    const out = execFileSync('fish', ['--no-config', '-c', script], {
      env: evil,
      cwd: folder.path,
      encoding: 'utf8',
    });
    assert.match(out, /touch pwned/);
    assert.equal(existsSync(`${folder.path}/pwned`), false);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { commandLine, printableCommand, quote, sh } from '../../src/shell/command.ts';

/** Texts that a shell could interpret. */
const hostile = [
  "it's",
  '$(id)',
  '`id`',
  '"',
  '\\',
  '\n',
  '\t',
  '*',
  '~',
  '!',
  '-n',
  '',
  ' ',
  '; reboot',
  '한국어',
  '\u007f',
  '#',
  '&&',
  '|',
];

/** A pseudo-random sequence that is the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('Shell quoting', () => {
  it('passes every hostile text through a real shell unchanged', () => {
    const next = random(7);
    const words = [...hostile];
    for (let round = 0; round < 300; round += 1) {
      const pieces = Array.from(
        { length: 1 + Math.floor(next() * 6) },
        () => hostile[Math.floor(next() * hostile.length)],
      );
      words.push(pieces.join(''));
    }
    const script = sh`printf '%s\\0' ${''}`.shell;
    const input = `${script}\n${words.map((word) => sh`printf '%s\\0' ${word}`.shell).join('\n')}\n`;
    const { stdout, stderr } = spawnSync('sh', ['-s'], { input, encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.deepEqual(stdout.split('\0').slice(1, -1), words);
  });

  it('keeps every backslash of a template, written once or twice', () => {
    assert.equal(
      sh`printf '%s\n' | awk '/^127\./ { print "\t\x41\u{41}" }'`.shell,
      String.raw`printf '%s\n' | awk '/^127\./ { print "\t\x41\u{41}" }'`,
    );
    assert.equal(sh`printf '%s\\n' \$HOME \`id\` ${'a b'}\\\\`.shell, "printf '%s\\n' $HOME `id` 'a b'\\\\");
  });

  it('leaves plain words unquoted', () => {
    assert.equal(quote('/etc/hosts'), '/etc/hosts');
    assert.equal(quote('a b'), "'a b'");
  });

  it('masks secrets in the displayed command, but not in the one that is sent', () => {
    const command = { argv: ['login', { secret: 'two words' }] };
    assert.equal(commandLine(command), "login 'two words'");
    assert.equal(printableCommand(command), 'login ***');
  });
});

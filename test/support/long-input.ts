import { checkAnswers } from '../../src/packstack/check.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { maskSecrets } from '../../src/run/mask.ts';
import { createMask } from '../../src/run/mask-shapes.ts';
import { createLogReader } from '../../src/yum/explain/log-reader.ts';

/** Foreign input of any size; `unit` says what the size counts. */
interface Case {
  readonly title: string;
  readonly size: number;
  readonly read: (size: number) => unknown;
}

function readLog(text: string): unknown {
  const reader = createLogReader();
  reader.push(text);
  return reader.end(1);
}

const logLines: Readonly<Record<string, (size: number) => string>> = {
  'blanks after a heading': (size) => `Transaction Summary${' '.repeat(size)}\n`,
  'blanks below a heading': (size) => `Transaction Summary\n${' '.repeat(size)}\n`,
  'a word below a heading, after blanks': (size) => `Transaction Summary\nInstall${' '.repeat(size)}x\n`,
  'blanks and tabs': (size) => `${' \t'.repeat(size / 2)}x\n`,
  digits: (size) => `Installing : ${'1'.repeat(size)}\n`,
  'questions without an answer': (size) => `${'Is this ok [y/N]: '.repeat(size / 18)}\n`,
  'brackets without an end': (size) => `${'[Errno '.repeat(size / 7)}\n`,
};

const cases: readonly Case[] = [
  ...Object.entries(logLines).map(([title, line]) => ({
    title: `a line of a log: ${title}`,
    size: 100_000,
    read: (size: number) => readLog(line(size)),
  })),
  { title: 'many lines of a log', size: 2_000, read: (size) => readLog('nothing provides x\n'.repeat(size)) },
  { title: 'a masked line', size: 100_000, read: (size) => createMask()('a-'.repeat(size / 2)) },
  { title: 'a masked secret', size: 100_000, read: (size) => maskSecrets(['aab']).line('a'.repeat(size)) },
  {
    title: 'unknown answer keys',
    size: 400,
    read: (size) =>
      checkAnswers(`[general]\n${Array.from({ length: size }, (_, at) => `CONFIG_X${at}=y\n`).join('')}`),
  },
  {
    title: 'a long command of a custom step',
    size: 20_000,
    read: (size) =>
      decodeCluster(
        `cluster: a\nnodes:\n  n: { address: 10.0.0.1 }\nsteps:\n  - { name: x, run: "${'a;'.repeat(size / 2)}" }\n`,
      ),
  },
];

/** The processor time of a call in microseconds, the minimum of three. */
function cost(call: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times);
}

// One line per case: its title, and the cost for the size and for eight times the size.
for (const { title, size, read } of cases) {
  read(size);
  process.stdout.write(
    `${JSON.stringify({ title, few: cost(() => read(size)), many: cost(() => read(size * 8)) })}\n`,
  );
}

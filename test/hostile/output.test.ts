import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { msg } from '../../src/base/l10n.ts';
import { main } from '../../src/cli/cli.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { type Folder, temporaryFolder } from '../cli/folder.ts';

/** Clears the screen, writes the clipboard (OSC 52), a title, an 8-bit control, and reverses the letters. */
const evil =
  '\u001b[2J\u001b]52;c;cm0gLXJm\u0007\u001b]0;title\u001b\\\u009b31m\u202egnp.exe\u2066x\u200f\u0008\u0000';
/** What a terminal obeys: controls but line feeds and tabs, and marks of direction. Stackprep's colors and cursor are SGR, CUU and EL. */
const obeyed = /(?![\n\t])[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const own = /\u001b\[[0-9;]*[mAKJG]|\u001b\[\?(?:25|2026)[hl]|\r(?=\n|\u001b\[)/g;

const run = '2026-11-01T00-00-00-000Z-abcdef';
const reasons = [{ code: evil, args: [evil, evil] }];
const failure = {
  code: 'lost',
  message: msg('{0} is lost: {1}', evil, evil),
  action: msg('{0}', evil),
  detail: evil,
} as const;
const events: readonly object[] = [
  {
    type: 'run-started',
    run,
    kind: 'run',
    cluster: evil,
    nodes: ['a', 'b'],
    steps: ['locale'],
    format: 3,
    file: `/tmp/${evil}`,
  },
  {
    type: 'facts',
    node: 'a',
    facts: {
      hostname: evil,
      osId: evil,
      osVersion: evil,
      osName: evil,
      arch: evil,
      kernel: evil,
      manager: evil,
      user: evil,
      bootId: evil,
      interfaces: [evil],
      addresses: [],
      memoryKb: 1,
    },
  },
  { type: 'step-state', node: 'a', step: 'locale', state: 'unknown', reasons },
  { type: 'step-started', node: 'a', step: 'locale' },
  { type: 'notice', node: 'a', step: 'locale', reason: reasons[0] },
  { type: 'log', node: 'a', step: 'locale', stream: 'stdout', line: `Error: ${evil}` },
  { type: 'log', node: 'a', step: 'locale', stream: 'stdout', line: 'No package x available.' },
  { type: 'step-finished', node: 'a', step: 'locale', outcome: 'failed', reasons, milliseconds: 1 },
  { type: 'node-finished', node: 'a', outcome: 'failed' },
  { type: 'node-failed', node: 'b', failure },
  { type: 'node-finished', node: 'b', outcome: 'unreachable' },
  { type: 'run-finished', outcome: 'failed' },
];

const quoted = JSON.stringify(evil);
/** No argument and no name of a file has a NUL. */
const word = evil.replaceAll('\0', '');
/** A log by such a name: one without a slash. */
const named = word.replaceAll('/', '');
const files: Readonly<Record<string, string>> = {
  'names.cluster.yaml': `cluster: ${quoted}\nnodes:\n  ${quoted}: { address: ${quoted}, roles: [${quoted}] }\nsteps:\n  - { name: ${quoted}, run: ${quoted} }\n  - ${quoted}\n`,
  'step.cluster.yaml': `cluster: lab\nnodes:\n  a: { address: 10.0.0.1, roles: [controller] }\nsystem: { timezone: Asia/Seoul }\nsteps:\n  - { name: shown, check: "true", run: ${quoted.replace(/\\u0000|\\b/g, '')} }\n`,
  'raw.cluster.yaml': `cluster: a\u202eb\u009b31m\nnodes: {\u001b[31m\n`,
};

const commands: readonly (readonly string[])[] = [
  ...['validate', 'plan', 'check'].flatMap((name) => Object.keys(files).map((file) => [name, file])),
  ['validate', '--json', 'names.cluster.yaml'],
  ['validate', '--format', 'sarif', 'names.cluster.yaml'],
  ['script', 'step.cluster.yaml', '--node', 'a'],
  ['script', 'step.cluster.yaml', '--node', word],
  ['plan', 'step.cluster.yaml', '--step', word],
  ['run', `${word}.cluster.yaml`],
  [word],
  ['validate', `--${word}`],
  ['logs'],
  ['logs', 'latest'],
  ['logs', 'latest', '--json'],
  ['logs', 'latest', '--node', 'a', '--step', 'locale'],
  ['logs', run, '--failed'],
  ['logs', word],
  ['logs', 'explain', `${word}.log`],
  ['logs', 'explain', 'yum.log'],
  ['logs', 'explain', `${named}.log`],
  ['logs', 'explain', '--json', 'yum.log'],
];

describe('What a file or a node says', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
    const place = join(folder.path, 'state/runs', run);
    mkdirSync(join(place, 'a'), { recursive: true });
    const lines = events.map((event, at) => JSON.stringify({ ...event, at } as unknown as TimedEvent));
    writeFileSync(join(place, 'journal.jsonl'), `${lines.join('\n')}\n`);
    writeFileSync(join(place, 'a/locale.log'), `Error: ${evil}\n`);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
    for (const name of ['yum.log', `${named}.log`])
      writeFileSync(
        join(folder.path, name),
        `Loaded plugins: ${evil}\nError: Package: ${evil}\nNo package ${evil} available.\nError: Nothing to do\n`,
      );
  });
  after(() => folder.remove());

  for (const words of commands)
    for (const isTTY of [true, false])
      it(`controls no ${isTTY ? 'terminal' : 'reader of a pipe'}: ${JSON.stringify(words.join(' ')).slice(0, 60)}`, async () => {
        const { io, stdout, stderr } = fakeIo({ cwd: folder.path, isTTY });
        await main(
          [...words, ...(words[0] === 'validate' || words[0] === 'script' ? [] : ['--state-dir', 'state'])],
          io,
        );
        const shown = stdout.text() + stderr.text();
        assert.notEqual(shown, '');
        const found = obeyed.exec(shown.replace(own, ''));
        assert.equal(
          found,
          null,
          JSON.stringify(shown.slice(Math.max(0, (found?.index ?? 0) - 60), (found?.index ?? 0) + 40)),
        );
      });
});

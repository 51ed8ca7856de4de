import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The command line as a separate process that can be killed. */
export interface CommandLine {
  readonly child: ChildProcess;
  /** Everything it has printed. */
  readonly output: () => string;
  /** Its exit code, or null if a signal killed it. */
  readonly ended: Promise<number | null>;
}

/** Starts the command line, in English, with its own home directory. */
export function commandLine(home: string, args: readonly string[]): CommandLine {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: home, LANG: 'C' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { child, output: () => text, ended };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controller } from '../../src/jobs/controller.ts';
import { createFrames, type Frame } from '../../src/jobs/frames.ts';
import { type NewJob, startCommand } from '../../src/jobs/job.ts';
import type { Output, Transport } from '../../src/remote/base/transport.ts';
import { type Command, commandLine } from '../../src/shell/command.ts';
import { clearAwaySync } from './clear-away.ts';
import { clusterOf } from './clusters.ts';

export type Shell = 'dash' | 'bash' | 'busybox sh';

/** A node for tests in which only its name matters. */
export const someNode = (() => {
  const [node] = clusterOf('cluster: c\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [locale]\n').nodes;
  if (!node) throw new Error('no node');
  return node;
})();

/** This computer as a node: the real controller and runner under one shell, in a separate base folder. */
export interface LocalNode {
  readonly base: string;
  readonly env: Readonly<Record<string, string>>;
  /** The command with `sh` replaced by the shell of the node. */
  adapt(command: Command): Command;
  transport(): Transport & { kill(): void };
  /** Runs one command to its end. */
  run(command: Command, lead: string, onFrame?: (frame: Frame) => void): Promise<readonly Frame[]>;
  log(job: string): Buffer;
  remove(): void;
}

/** Kills a child and its process group, unless it has just ended. */
function killGroup({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

export function localNode(shell: Shell, env: Readonly<Record<string, string>> = {}): LocalNode {
  const base = mkdtempSync(join(tmpdir(), 'stackprep-node-'));
  const whole = { PATH: process.env.PATH ?? '', HOME: base, STACKPREP_BASE: base, ...env };
  const adapt = (command: Command): Command => {
    const { argv, stdin = '' } = command;
    const own = controller.replaceAll(/\bsh (?=-c|"\$)/g, `${shell} `);
    const [, ...words] = argv;
    const shellWords = shell.split(' ');
    if (!stdin.startsWith(controller)) return { ...command, argv: [...shellWords, ...words] };
    words[3] = String(Buffer.byteLength(own));
    return { ...command, argv: [...shellWords, ...words], stdin: own + stdin.slice(controller.length) };
  };
  const transport = () => {
    const children = new Set<ReturnType<typeof spawn>>();
    async function* exec(command: Command, signal: AbortSignal): AsyncGenerator<Output> {
      const adapted = adapt(command);
      const child = spawn('sh', ['-c', commandLine(adapted)], { env: whole, stdio: 'pipe', detached: true });
      children.add(child);
      const closed = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
      const stop = () => killGroup(child);
      signal.addEventListener('abort', stop);
      child.stdin.on('error', () => undefined);
      child.stdin.end(adapted.stdin ?? '');
      for await (const bytes of child.stdout as AsyncIterable<Buffer>)
        yield { type: 'data', stream: 'stdout', bytes };
      const code = await closed;
      signal.removeEventListener('abort', stop);
      children.delete(child);
      if (code === null)
        yield {
          type: 'lost',
          failure: { code: 'lost', message: { text: 'lost', args: [] }, action: { text: 'lost', args: [] } },
        };
      else yield { type: 'exit', code, signal: undefined };
    }
    const kill = () => {
      for (const child of children) killGroup(child);
    };
    return { exec, kill, dispose: async () => kill() };
  };
  return {
    base,
    env: whole,
    adapt,
    transport,
    run: async (command, lead, onFrame = () => undefined) => {
      const frames = createFrames(lead);
      const all: Frame[] = [];
      for await (const output of transport().exec(command, new AbortController().signal))
        for (const frame of output.type === 'data' ? frames.push(output.bytes) : []) {
          all.push(frame);
          onFrame(frame);
        }
      return all;
    },
    log: (job) => readFileSync(join(base, 'jobs', job, 'log')),
    remove: () => clearAwaySync(base),
  };
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A job with any script. */
export function jobOf(job: string, text: string, more: Partial<NewJob> = {}): NewJob {
  return {
    job,
    nonce: 'n0nce',
    step: 'upgrade',
    text,
    sum: sha256(text),
    key: sha256(`key of ${job}`),
    origin: { run: job.split('.', 1)[0] ?? '', who: 'anna@laptop', kind: 'run' },
    place: 'queued',
    hasMore: false,
    secrets: [],
    ...more,
  };
}

export function start(job: NewJob, lead = 'lead', offset = 0): Command {
  return startCommand(someNode, job, { lead, offset });
}

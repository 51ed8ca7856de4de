import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const cli = join(import.meta.dirname, '../../dist/cli.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command of the built program that may still be running. */
export interface Running {
  readonly child: ChildProcess;
  /** The standard output so far. */
  out(): string;
  ended: Promise<Ended>;
}

/** The command line that starts the built program. */
export function builtCommand(): readonly [string, string] {
  assert.ok(existsSync(cli), 'dist/cli.js is missing: npm run build');
  return [process.execPath, cli];
}

/** Starts a program without a terminal, in English; `input` is its whole standard input. */
export function start(command: readonly string[], input?: string): Running {
  const [program = '', ...args] = command;
  const { CI: _, NO_COLOR: __, ...rest } = process.env;
  const child = spawn(program, args, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // A new session has no controlling terminal.
    detached: true,
    env: { ...rest, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' },
  });
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  if (input !== undefined) child.stdin?.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, out: () => out, ended };
}

/** Waits until a program has printed a match. */
export async function printed(running: Running, text: RegExp): Promise<RegExpExecArray> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const match = text.exec(running.out());
    if (match) return match;
    await delay(20);
  }
  throw new Error(`${text} was not printed; so far: ${running.out().slice(-2000)}`);
}

/** Runs the built program to its end. */
export async function run(...args: readonly string[]): Promise<Ended> {
  return await start([...builtCommand(), ...args]).ended;
}

export interface Served {
  readonly clusterFile: string;
  /** The options that every command for these nodes needs. */
  readonly options: readonly string[];
  /** Sends Ctrl-C; returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the demo nodes with the built program, and keeps them up. */
export async function serve(stateDir: string, ...args: readonly string[]): Promise<Served> {
  const command = [...builtCommand(), 'demo', '--serve', '--state-dir', stateDir, ...args];
  const running = start(command);
  await printed(running, /until Ctrl-C/);
  const [, clusterFile = '', knownHosts = ''] = await printed(running, /run (\S+) --known-hosts (\S+) --yes/);
  return {
    clusterFile,
    options: ['--known-hosts', knownHosts, '--state-dir', stateDir],
    stop: async () => {
      running.child.kill('SIGINT');
      return (await running.ended).code;
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import { onAbort } from '../../remote/base/abort.ts';
import { programOptions } from '../../remote/base/child-env.ts';
import { localText } from '../../remote/base/local-text.ts';
import { sourceFailure } from './private-file.ts';

/** The secret that a cluster file names. */
export interface SecretName {
  /** The name of the cluster. */
  readonly cluster: string;
  readonly name: string;
}

export interface CommandRequest extends SecretName {
  /** The program and its arguments, in which `{cluster}` and `{name}` are replaced. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly limitMs?: number;
}

/** Long enough to unlock a password manager. */
const defaultLimitMs = 120_000;
/** The maximum output in bytes; a secret is a line. */
const outputLimit = 65_536;

/** Names of the cluster file become part of an argument: never an option, never another folder. */
function isSafe(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name) && !name.includes('..');
}

function fill(word: string, { cluster, name }: SecretName): string {
  return word.replaceAll(/\{(cluster|name)\}/g, (_, which) => (which === 'name' ? name : cluster));
}

/** How long after its end the output of a command is waited for: a program that it has started may hold it open. */
const drainMs = 1_000;

interface Ended {
  readonly code: number | null;
  readonly killedBy?: NodeJS.Signals;
  readonly out: Buffer;
  readonly err: string;
  readonly cause?: 'time' | 'size' | 'aborted' | NodeJS.ErrnoException;
}

/** Ends a program and the reading of its output, also that of programs that it has started. */
function stop(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function execute([program = '', ...args]: readonly string[], request: CommandRequest): Promise<Ended> {
  const { env, home, signal, limitMs = defaultLimitMs } = request;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...programOptions(env),
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let size = 0;
    let err = Buffer.alloc(0);
    let cause: Ended['cause'];
    const give = (why: NonNullable<Ended['cause']>): void => {
      cause ??= why;
      stop(child);
    };
    const timer = setTimeout(() => give('time'), limitMs);
    const release = onAbort(signal, () => give('aborted'));
    child.stdout.on('data', (bytes: Buffer) => {
      size += bytes.length;
      if (size > outputLimit) give('size');
      else out.push(bytes);
    });
    child.stderr.on('data', (bytes: Buffer) => {
      err = Buffer.concat([err, bytes]).subarray(-4_096);
    });
    let drained: NodeJS.Timeout | undefined;
    const end = (code: number | null, killedBy?: NodeJS.Signals | null): void => {
      clearTimeout(timer);
      clearTimeout(drained);
      release();
      resolve({
        ...{ code, out: Buffer.concat(out), err: localText(err) },
        ...(killedBy ? { killedBy } : {}),
        ...(cause ? { cause } : {}),
      });
    };
    child.on('error', (error) => {
      cause ??= error;
      end(null);
    });
    child.on('exit', () => {
      drained = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, drainMs);
    });
    child.on('close', end);
  });
}

/** The value that the command printed: its first line, as pass(1) prints a password. */
function valueIn(out: Buffer): string | undefined {
  try {
    const [line = ''] = new TextDecoder('utf-8', { fatal: true }).decode(out).split(/\r?\n/, 1);
    return /\p{Cc}/u.test(line) ? undefined : line;
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

function problemOf(ended: Ended, name: string, request: CommandRequest): Message | undefined {
  const [program = ''] = request.command;
  const { code, killedBy, err, cause } = ended;
  const seconds = (request.limitMs ?? defaultLimitMs) / 1000;
  const said = lastLines(err, 200);
  if (cause === 'time')
    return msg('Secret `{0}`: {1} did not answer within {2} seconds.', name, program, seconds);
  if (cause === 'size')
    return msg('Secret `{0}`: {1} printed more than {2} bytes.', name, program, outputLimit);
  if (typeof cause === 'object')
    return msg('Secret `{0}`: {1} cannot be started: {2}.', name, program, cause.code ?? cause.message);
  if (code !== 0 && said !== '') return msg('Secret `{0}`: {1} failed: {2}', name, program, said);
  if (killedBy) return msg('Secret `{0}`: {1} was terminated by {2}.', name, program, killedBy);
  if (code !== 0) return msg('Secret `{0}`: {1} failed with exit code {2}.', name, program, code ?? 'null');
  return undefined;
}

/** The value that a command of the user prints; undefined if the signal aborted. Its environment and arguments have no secret. */
export async function secretFromCommand(request: CommandRequest): Promise<string | Failure | undefined> {
  const { command, name, cluster, signal } = request;
  const isClusterUsed = command.some((word) => word.includes('{cluster}'));
  const unsafe = [name, ...(isClusterUsed ? [cluster] : [])].find((each) => !isSafe(each));
  if (unsafe !== undefined)
    return sourceFailure(
      msg('The name `{0}` cannot be an argument of the command for secrets.', unsafe),
      msg('Use letters, digits, and _ . - in the names of the cluster and its secrets.'),
    );
  const words = command.map((word) => fill(word, request));
  const ended = await execute(words, request);
  if (signal.aborted) return undefined;
  const action = msg('Run it in a terminal to see the cause: {0}', words.join(' '));
  const problem = problemOf(ended, name, request);
  if (problem) return sourceFailure(problem, action);
  const [program = ''] = command;
  const value = valueIn(ended.out);
  if (value === undefined)
    return sourceFailure(msg('Secret `{0}`: {1} did not print a line of text.', name, program), action);
  if (value === '') return sourceFailure(msg('Secret `{0}`: {1} printed nothing.', name, program), action);
  return value;
}

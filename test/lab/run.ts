import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';

/** The result of a program; `code` is 128 + signal number if a signal killed it. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Kills the program with SIGKILL after this many milliseconds. */
  readonly timeout?: number;
  /** Receives each line of output as it arrives, for long builds. */
  readonly onLine?: (line: string) => void;
}

/** An error with a reason for the user, without a stack trace. */
export class LabError extends Error {
  override readonly name = 'LabError';
}

/** Runs a program without a shell and waits for its end; rejects only if it cannot be started. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [program = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...options.env } });
    const timer = options.timeout ? setTimeout(() => child.kill('SIGKILL'), options.timeout) : undefined;
    let stdout = '';
    let stderr = '';
    const report = (text: string) => {
      for (const line of text.split('\n')) if (line.trim() !== '') options.onLine?.(line.trimEnd());
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      report(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      report(text);
    });
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new LabError(`${program}: ${cause.message}`, { cause }));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal === 'SIGKILL' ? 137 : 143), stdout, stderr });
    });
    // A program that exits without reading its input breaks the pipe: its exit code says why.
    child.stdin.on('error', (cause) => report(`${program}: ${cause.message}`));
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a program that must succeed; returns its standard output or throws with its last lines. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await run(argv, options);
  if (ran.code !== 0) throw failed(argv, ran);
  return ran.stdout;
}

/** The same synchronously, for the cleanup while the process exits. */
export function runSync(argv: readonly string[], input = ''): Ran {
  const [program = '', ...args] = argv;
  const done: SpawnSyncReturns<string> = spawnSync(program, args, { encoding: 'utf8', input });
  if (done.error) throw new LabError(`${program}: ${done.error.message}`, { cause: done.error });
  return { code: done.status ?? 128, stdout: done.stdout, stderr: done.stderr };
}

export function mustSync(argv: readonly string[], input = ''): string {
  const ran = runSync(argv, input);
  if (ran.code !== 0) throw failed(argv, ran);
  return ran.stdout;
}

function failed(argv: readonly string[], ran: Ran): LabError {
  const said = `${ran.stdout}\n${ran.stderr}`.trim().split('\n').slice(-12).join('\n');
  return new LabError(`${argv.slice(0, 6).join(' ')} ended with ${ran.code}:\n${said}`);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Repeats until the answer is true; returns false on a time-out. */
export async function until(milliseconds: number, ask: () => Promise<boolean> | boolean): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (await ask()) return true;
    await sleep(50);
  }
  return ask();
}

/** Waits for all promises even if one fails, so that none is still pending afterwards. Throws the first error. */
export async function together<T>(works: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

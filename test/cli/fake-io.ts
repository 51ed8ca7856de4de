import type { Env, Io, Keyboard, Out } from '../../src/cli/terminal/io.ts';

export interface FakeOut extends Out {
  /** Everything that was written. */
  text(): string;
  /** Changes the size of the terminal and notifies the listeners. */
  resize(columns: number, rows?: number): void;
}

/** An output that stores what is written. */
export function fakeOut(isTTY = false, columns = 80, rows = 24): FakeOut {
  let written = '';
  let size = { columns, rows };
  const listeners = new Set<() => void>();
  return {
    write: (text) => {
      written += text;
    },
    isTTY,
    size: () => size,
    onResize: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    text: () => written,
    resize: (width, height = size.rows) => {
      size = { columns: width, rows: height };
      for (const listener of listeners) listener();
    },
  };
}

/** A user who types the given lines, one per question; `undefined` ends the input. */
export function fakeKeyboard(answers: readonly (string | undefined)[]) {
  const asked: { echo: boolean }[] = [];
  let written = '';
  const waiting = [...answers];
  const keyboard: Keyboard = {
    write: (text) => {
      written += text;
    },
    readLine: async ({ echo, prompt }) => {
      written += prompt;
      asked.push({ echo });
      return waiting.shift();
    },
  };
  return { keyboard, asked, text: () => written };
}

export interface FakeOptions {
  readonly env?: Env;
  readonly cwd?: string;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly keyboard?: Keyboard;
  /** The chunks of the standard input. */
  readonly input?: readonly Uint8Array[];
}

/** The input, output and environment of a process, in memory. */
export function fakeIo({
  env = {},
  cwd = '/',
  isTTY = false,
  columns = 80,
  keyboard,
  input = [],
}: FakeOptions = {}) {
  const stdout = fakeOut(isTTY, columns);
  const stderr = fakeOut(isTTY, columns);
  const left: number[] = [];
  const interrupts = new Set<() => void>();
  const io: Io = {
    stdout,
    stderr,
    stdinIsTTY: keyboard !== undefined,
    env,
    cwd,
    home: cwd,
    readInput: async function* () {
      yield* input;
    },
    openKeyboard: () => keyboard,
    onInterrupt: (listener) => {
      interrupts.add(listener);
      return () => interrupts.delete(listener);
    },
    leave: (code) => {
      left.push(code);
    },
  };
  const interrupt = (): void => {
    for (const listener of [...interrupts]) listener();
  };
  return { io, stdout, stderr, left, interrupt };
}

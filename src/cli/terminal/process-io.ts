import { homedir } from 'node:os';
import { ReadStream } from 'node:tty';
import type { Io, Keyboard, Out } from './io.ts';
import { keyboardOf, openControllingTerminal } from './keyboard.ts';

/** The conventional exit code when the reader of a pipe has exited: 128 + SIGPIPE. */
const brokenPipe = 141;
const interrupts = ['SIGINT', 'SIGTERM'] as const;
/** The exit code of a process whose terminal was closed: 128 + SIGHUP. */
const hungUp = 129;

function outOf(stream: NodeJS.WriteStream): Out {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    size: () => ({ columns: stream.columns || 80, rows: stream.rows || 24 }),
    onResize: (listener) => {
      stream.on('resize', listener);
      return () => {
        stream.off('resize', listener);
      };
    },
  };
}

function openKeyboard(interrupt: () => void): Keyboard | undefined {
  const standard = process.stdin instanceof ReadStream && process.stdin.isTTY ? process.stdin : undefined;
  const shown = [process.stderr, process.stdout].find((stream) => stream.isTTY);
  const controlling = standard && shown ? undefined : openControllingTerminal();
  const input = standard ?? controlling?.input;
  const output = shown ?? controlling?.output;
  if (!input || !output) return undefined;
  return keyboardOf({ input, write: (text) => output.write(text), interrupt });
}

/** The environment, streams and signals of this process. */
export function processIo(): Io {
  const listeners = new Set<() => void>();
  const interrupt = (code = 130): void => {
    if (listeners.size === 0) process.exit(code);
    for (const listener of [...listeners]) listener();
  };
  for (const signal of interrupts) process.on(signal, () => interrupt());
  // Closing the terminal does not cancel: the jobs continue on the nodes, and `run --resume` follows them.
  process.on('SIGHUP', () => process.exit(hungUp));
  for (const stream of [process.stdout, process.stderr]) {
    // The reader has exited: cancel the work on the nodes as Ctrl-C does; every later write fails like the first.
    stream.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EPIPE') throw cause;
      stream.on('error', () => undefined);
      interrupt(brokenPipe);
    });
  }
  return {
    stdout: outOf(process.stdout),
    stderr: outOf(process.stderr),
    stdinIsTTY: process.stdin.isTTY === true,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    readInput: () => process.stdin,
    openKeyboard: () => openKeyboard(() => interrupt()),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    leave: (code) => process.exit(code),
  };
}

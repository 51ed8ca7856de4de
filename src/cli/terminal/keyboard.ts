import { openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import type { Keyboard, ReadLine } from './io.ts';
import { nothingTyped, type Typing, type } from './typing.ts';

interface Terminal {
  readonly input: ReadStream;
  readonly write: (text: string) => void;
  /** In raw mode, Ctrl-C is input rather than a signal. */
  readonly interrupt: () => void;
}

function readLine(terminal: Terminal, { prompt, echo, signal }: ReadLine): Promise<string | undefined> {
  const { input, write, interrupt } = terminal;
  return new Promise((resolve) => {
    let typing: Typing = nothingTyped;
    const finish = (text: string | undefined): void => {
      input.off('data', onData);
      input.off('end', cancelled);
      signal.removeEventListener('abort', cancelled);
      if (!echo) input.setRawMode(false);
      input.pause();
      // An idle terminal must not keep the process alive.
      input.unref();
      if (!echo || text === undefined) write('\n');
      resolve(text);
    };
    const cancelled = (): void => finish(undefined);
    const onData = (chunk: Buffer | string): void => {
      typing = type(typing, chunk.toString());
      if (typing.ended === undefined) return;
      finish(typing.ended === 'entered' ? typing.text : undefined);
      if (typing.ended === 'interrupted') interrupt();
    };
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', cancelled, { once: true });
    if (!echo) input.setRawMode(true);
    // Only now: a secret typed as soon as the prompt appears must not be echoed.
    write(prompt);
    input.setEncoding('utf8');
    input.on('data', onData);
    input.on('end', cancelled);
    input.ref();
    input.resume();
  });
}

/** The keyboard of an open terminal. */
export function keyboardOf(terminal: Terminal): Keyboard {
  return { write: terminal.write, readLine: (options) => readLine(terminal, options) };
}

/** The controlling terminal, if the standard streams are redirected; undefined if the process has none. */
export function openControllingTerminal(
  path = '/dev/tty',
): { readonly input: ReadStream; readonly output: WriteStream } | undefined {
  try {
    return { input: new ReadStream(openSync(path, 'r')), output: new WriteStream(openSync(path, 'w')) };
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return undefined;
    throw cause;
  }
}

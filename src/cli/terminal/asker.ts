import type { Message, Translate } from '../../base/l10n.ts';
import { printable } from '../text/printable.ts';
import type { Io, Keyboard } from './io.ts';

export interface AskerOptions {
  readonly io: Io;
  readonly t: Translate;
  /** Writes a notice when there is no terminal for a question. */
  readonly notice: (text: string) => void;
  /** Called around every question, so that nothing is drawn over it. */
  readonly suspend: () => void;
  readonly resume: () => void;
}

/** Asks the user at the terminal, one question at a time. */
export interface Asker {
  /** The answer; without a terminal, prints the notice `without`, if any, and returns undefined. */
  inTurn<Answer>(
    without: Message | undefined,
    ask: (keyboard: Keyboard) => Promise<Answer>,
  ): Promise<Answer | undefined>;
  print(on: Keyboard, lines: readonly Message[]): void;
  /** Asks for a line of text. */
  readLine(
    on: Keyboard,
    question: Message,
    how: { echo: boolean; signal: AbortSignal },
  ): Promise<string | undefined>;
}

export function createAsker({ io, t, notice, suspend, resume }: AskerOptions): Asker {
  let keyboard: Keyboard | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    inTurn: (without, ask) => {
      const turn = last.then(async () => {
        keyboard ??= io.openKeyboard();
        if (!keyboard) {
          if (without) notice(t(without));
          return undefined;
        }
        suspend();
        try {
          return await ask(keyboard);
        } finally {
          resume();
        }
      });
      // The next question waits for this one regardless of its outcome; errors go to the caller.
      last = turn.catch(() => undefined);
      return turn;
    },
    print: (on, lines) => on.write(lines.map((line) => `${printable(t(line))}\n`).join('')),
    readLine: (on, question, how) => {
      const text = printable(t(question));
      return on.readLine({ ...how, prompt: /[:?]$/.test(text) ? `${text} ` : `${text}: ` });
    },
  };
}

import { type Message, msg, type Translate } from '../../core/l10n.ts';
import type { HostKeyAnswer, HostKeyQuestion, Prompts } from '../../remote/prompts.ts';
import type { Io, Keyboard } from '../io.ts';
import { printable } from '../text/printable.ts';

export interface PromptOptions {
  readonly io: Io;
  readonly t: Translate;
  /** Where a sentence goes when there is no terminal to ask on. */
  readonly notice: (text: string) => void;
  /** Called around every question, so that nothing is drawn over it. */
  readonly suspend: () => void;
  readonly resume: () => void;
}

function placeOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function hostKeyLead(question: HostKeyQuestion): readonly Message[] {
  const { node, algorithm, fingerprint, note } = question;
  return [
    msg('{0} ({1}) is not known yet. It shows this host key:', node, placeOf(question)),
    msg('  {0} {1}', algorithm, fingerprint),
    ...(note ? [note] : []),
  ];
}

function hostKeyAnswer(line: string | undefined): HostKeyAnswer | undefined {
  switch (line?.trim().toLowerCase()) {
    case 'y':
    case 'yes':
      return 'save';
    case 'o':
    case 'once':
      return 'once';
    case undefined:
    case 'n':
    case 'no':
      return 'reject';
    default:
      return undefined;
  }
}

/** Asks on the terminal, one question at a time; without a terminal every answer is no. */
export function terminalPrompts({ io, t, notice, suspend, resume }: PromptOptions): Prompts {
  let keyboard: Keyboard | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Answer>(without: Message, ask: (keyboard: Keyboard) => Promise<Answer>) {
    const turn = last.then(async (): Promise<Answer | undefined> => {
      keyboard ??= io.openKeyboard();
      if (!keyboard) {
        notice(t(without));
        return undefined;
      }
      suspend();
      try {
        return await ask(keyboard);
      } finally {
        resume();
      }
    });
    // The next question waits for this one, however it ends; its caller hears of a fault.
    last = turn.catch(() => undefined);
    return turn;
  }

  function print(on: Keyboard, lines: readonly Message[]): void {
    on.write(lines.map((line) => `${printable(t(line))}\n`).join(''));
  }

  return {
    secret: async (question, signal) => {
      const without = msg(
        '{0} needs an answer, and there is no terminal to ask on ({1}). Use an SSH agent, or a key file without a passphrase.',
        question.node,
        question.text,
      );
      return await inTurn(without, async (on) => {
        if (signal.aborted) return undefined;
        if (question.attempt > 1) print(on, [msg('That was not right; try again.')]);
        const text = printable(t(question.text));
        on.write(/[:?]$/.test(text) ? `${text} ` : `${text}: `);
        return await on.readLine({ echo: question.echo, signal });
      });
    },
    hostKey: async (question, signal) => {
      const without = msg(
        '{0} ({1}) shows an unknown host key {2}, and there is no terminal to ask on. Name a known_hosts file with --known-hosts.',
        question.node,
        placeOf(question),
        question.fingerprint,
      );
      const answer = await inTurn(without, async (on): Promise<HostKeyAnswer> => {
        if (signal.aborted) return 'reject';
        print(on, hostKeyLead(question));
        while (true) {
          on.write(`${t(msg('Trust it? yes = always, once = this time, no:'))} `);
          const found = hostKeyAnswer(await on.readLine({ echo: true, signal }));
          if (found) return found;
        }
      });
      return answer ?? 'reject';
    },
  };
}

import { clockText } from '../../app/clock-text.ts';
import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import { sudoVariable } from '../../base/secret-variables.ts';
import {
  type HostKeyAnswer,
  type HostKeyQuestion,
  noTerminal,
  type OccupiedAnswer,
  type Prompts,
  type SecretQuestion,
} from '../../remote/base/prompts.ts';
import { occupantText } from '../../view/occupant.ts';
import type { Asker } from './asker.ts';
import type { Env } from './io.ts';

function placeOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function hostKeyLead(question: HostKeyQuestion): readonly Message[] {
  const { node, algorithm, fingerprint, note } = question;
  return [
    msg("The authenticity of {0} ({1}) can't be established. Its host key is:", node, placeOf(question)),
    plain(`  ${algorithm} ${fingerprint}`),
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

function occupiedAnswer(line: string | undefined): OccupiedAnswer {
  switch (line?.trim().toLowerCase()) {
    case 'w':
    case 'wait':
      return 'wait';
    case 'j':
    case 'join':
      return 'join';
    default:
      return 'leave';
  }
}

/** The notice when sudo's password can't be asked for; the failure of a login says itself what it lacks. */
function withoutTerminal({ kind, node, text }: SecretQuestion): Message | undefined {
  if (kind !== 'sudo') return undefined;
  return msg(
    '{0} asks for a password ({1}). Not a terminal: put the password in the environment variable {2}, or allow sudo without a password.',
    node,
    text,
    sudoVariable,
  );
}

/** Asks on the terminal; without a terminal every answer is no. */
export function terminalPrompts(asker: Asker, env: Env): Prompts {
  return {
    secret: async (question, signal) => {
      const given = question.kind === 'sudo' && question.attempt === 1 ? env[sudoVariable] : undefined;
      if (given) return given;
      const found = await asker.inTurn(withoutTerminal(question), async (on) => {
        if (signal.aborted) return { answer: undefined };
        if (question.attempt > 1) asker.print(on, [msg('Incorrect. Try again.')]);
        return { answer: await asker.readLine(on, question.text, { echo: question.echo, signal }) };
      });
      return found ? found.answer : noTerminal;
    },
    hostKey: async (question, signal) => {
      const without = msg(
        "The authenticity of {0} ({1}) can't be established: unknown host key {2}. Not a terminal: specify a known_hosts file with --known-hosts.",
        question.node,
        placeOf(question),
        question.fingerprint,
      );
      const answer = await asker.inTurn(without, async (on): Promise<HostKeyAnswer> => {
        if (signal.aborted) return 'reject';
        asker.print(on, hostKeyLead(question));
        while (true) {
          const question = msg('Trust it? yes = always, once = this time, no:');
          const found = hostKeyAnswer(await asker.readLine(on, question, { echo: true, signal }));
          if (found) return found;
        }
      });
      return answer ?? 'reject';
    },
    occupied: async ({ node, by }, signal) => {
      const without = msg('{0}: another run works on this node. Not a terminal: use --wait or --join.', node);
      const text = occupantText(by, clockText(by.since, Date.now()));
      const answer = await asker.inTurn(without, async (on) => {
        if (signal.aborted) return 'leave';
        asker.print(on, [joined([node, text], ': ')]);
        const question = msg('Wait for its end, join it to follow its log, or leave the node out? [w/j/N]');
        return occupiedAnswer(await asker.readLine(on, question, { echo: true, signal }));
      });
      return answer ?? 'leave';
    },
    makeKey: async (path, signal) => {
      const without = msg(
        'The key file {0} does not exist. Not a terminal: cannot ask whether to create it.',
        path,
      );
      const question = msg('The key file {0} does not exist. Create it without a passphrase? [y/N]', path);
      const answer = await asker.inTurn(without, async (on) =>
        signal.aborted ? undefined : await asker.readLine(on, question, { echo: true, signal }),
      );
      return /^y(es)?$/i.test(answer?.trim() ?? '');
    },
  };
}

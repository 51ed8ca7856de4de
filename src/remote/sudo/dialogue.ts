import { assertNever } from '../../base/assert-never.ts';
import { goAhead } from '../../shell/announce.ts';
import { protocolFailure } from '../base/failures.ts';
import type { Limits } from '../base/limits.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Target } from '../base/target.ts';
import type { Output } from '../base/transport.ts';
import type { Dialogue, TimedWait } from '../channel/dialogue.ts';
import type { SudoMarkers } from './command.ts';
import { sudoAsksMore, sudoFailed, sudoNoexec, sudoTimedOut, wrongPassword } from './failures.ts';
import type { PasswordAttempt } from './passwords.ts';
import { Prelude } from './prelude.ts';

export interface SudoDialogueOptions {
  readonly target: Target;
  readonly words: SudoMarkers;
  /** The command's input, sent once it runs as root. */
  readonly input: Buffer;
  readonly tty: boolean;
  readonly limits: SudoLimits;
  readonly attempt?: PasswordAttempt;
  /** Called when the command runs as root. */
  readonly begun?: () => void;
}

/** Milliseconds; see `Limits`. */
export type SudoLimits = Pick<Limits, 'sudoMs' | 'sudoTotalMs' | 'sudoHesitateMs'>;

/** Waits for sudo to prompt, refuse, or start the command. */
export function sudoWait(target: Target, { sudoMs, sudoTotalMs }: SudoLimits, said: () => string): TimedWait {
  return {
    ...{ code: 'wait-sudo', args: [] },
    idleMs: sudoMs,
    totalMs: sudoTotalMs,
    onTimeout: (seconds) => sudoTimedOut(target, { seconds, said: said() }),
  };
}

/**
 * Answers only its own password prompt, holds back the input until the command runs, and treats a second prompt as a refusal:
 * then sudo's input is closed, so that it makes no further attempt.
 */
export function createDialogue(wanted: SudoDialogueOptions): Dialogue {
  const { target, words, input, tty, limits, attempt, begun } = wanted;
  const prelude = new Prelude(words);
  const watched = tty ? 'stdout' : 'stderr';
  /** The stream without sudo's prompt: output before the command is dropped. */
  const noise = new Prelude(words);
  let isQuiet = tty;
  let stage: 'prelude' | 'refused' | 'asked-more' | 'flooded' | 'begun' = 'prelude';

  /** Output of the command on that stream; it may arrive before the marker on the other one. */
  function hearOther(output: Extract<Output, { type: 'data' }>): readonly Output[] {
    if (isQuiet) return [output];
    const move = noise.push(output.bytes);
    isQuiet = move.type === 'begun';
    return move.type === 'begun' && move.rest.length > 0 ? [{ ...output, bytes: move.rest }] : [];
  }

  function hearPrelude(bytes: Uint8Array, channel: ClientChannel): readonly Output[] {
    const move = prelude.push(bytes);
    switch (move.type) {
      case 'wait':
        return [];
      case 'answer':
        channel.write(`${attempt?.password ?? ''}\n`);
        if (attempt) setTimeout(() => attempt.timedOut(), limits.sudoHesitateMs).unref();
        return [];
      case 'refused':
        stage = 'refused';
        attempt?.refused();
        end(channel);
        return [];
      case 'asked-more':
        stage = 'asked-more';
        end(channel);
        return [];
      case 'flooded':
        stage = 'flooded';
        end(channel);
        return [];
      case 'begun': {
        stage = 'begun';
        attempt?.accepted();
        begun?.();
        channel.write(goAhead);
        if (tty) channel.write(input);
        else channel.end(input);
        return move.rest.length > 0 ? [{ type: 'data', stream: watched, bytes: move.rest }] : [];
      }
      default:
        return assertNever(move);
    }
  }

  /** A terminal has no end of input; closing it hangs up. */
  function end(channel: ClientChannel): void {
    if (tty) channel.close();
    else channel.end();
  }

  function verdict(output: Output): Output {
    if (output.type === 'lost' && stage === 'prelude') return output;
    if (stage === 'flooded')
      return { type: 'lost', failure: protocolFailure(target, { message: 'sudo does not stop talking' }) };
    if (stage === 'asked-more') return { type: 'lost', failure: sudoAsksMore(target, prelude.said) };
    const isWrong =
      stage === 'refused' ||
      (prelude.wasAsked && /incorrect password|try again|authentication fail/i.test(prelude.said));
    if (isWrong) attempt?.refused();
    return {
      type: 'lost',
      failure: isWrong
        ? wrongPassword(target, prelude.said, prelude.askedFor)
        : sudoFailed(target, prelude.said),
    };
  }

  const waiting = sudoWait(target, limits, () => prelude.said);
  return {
    begin: () => undefined,
    get waiting() {
      return stage === 'begun' ? undefined : waiting;
    },
    onOutput: (output, channel) => {
      // The shell that sudo has started could not start the command.
      if (output.type === 'exit' && stage === 'begun' && output.code === 126)
        return [{ type: 'lost', failure: sudoNoexec(target, '') }];
      if (output.type !== 'data') return [stage === 'begun' ? output : verdict(output)];
      if (output.stream !== watched) return hearOther(output);
      if (stage === 'begun') return [output];
      return stage === 'prelude' ? hearPrelude(output.bytes, channel) : [];
    },
  };
}

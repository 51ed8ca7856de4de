import { assertNever } from '../../base/assert-never.ts';
import { goAhead } from '../../shell/announce.ts';
import { protocolFailure } from '../base/failures.ts';
import type { Limits } from '../base/limits.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Target } from '../base/target.ts';
import type { Output } from '../base/transport.ts';
import type { Dialogue, TimedWait } from '../channel/dialogue.ts';
import type { SudoMarkers } from './command.ts';
import { sudoFailed, sudoTimedOut, wrongPassword } from './failures.ts';
import type { PasswordAttempt } from './passwords.ts';
import { Prelude } from './prelude.ts';

export interface SudoDialogueOptions {
  readonly target: Target;
  readonly words: SudoMarkers;
  /** What the command gets once it runs as root. */
  readonly input: Buffer;
  readonly tty: boolean;
  readonly limits: SudoLimits;
  readonly attempt?: PasswordAttempt;
  /** Called when the command runs as root. */
  readonly begun?: () => void;
}

/** Times in milliseconds; see `Limits`. */
export type SudoLimits = Pick<Limits, 'sudoMs' | 'sudoTotalMs' | 'sudoHesitateMs'>;

/** The wait for sudo to ask for the password, to refuse, or to start the command. */
export function sudoWait(target: Target, { sudoMs, sudoTotalMs }: SudoLimits, said: () => string): TimedWait {
  return {
    idleMs: sudoMs,
    totalMs: sudoTotalMs,
    onTimeout: (seconds) => sudoTimedOut(target, { seconds, said: said() }),
  };
}

/**
 * Gives sudo the password when it asks with our own prompt and never otherwise, holds the command's input back until the command
 * runs, and takes a second question as a no: sudo gets the end of its input then, so that it tries nothing more.
 */
export function createDialogue(wanted: SudoDialogueOptions): Dialogue {
  const { target, words, input, tty, limits, attempt, begun } = wanted;
  const prelude = new Prelude(words);
  const watched = tty ? 'stdout' : 'stderr';
  /** Of the stream that sudo does not ask on: what is printed there before the command belongs to nobody. */
  const noise = new Prelude(words);
  let isQuiet = tty;
  let stage: 'prelude' | 'refused' | 'flooded' | 'begun' = 'prelude';

  /** The command's own output on that stream, which may be here before the word on the other one that it runs. */
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

  /** On a terminal there is no end of input; closing it hangs up. */
  function end(channel: ClientChannel): void {
    if (tty) channel.close();
    else channel.end();
  }

  function verdict(output: Output): Output {
    if (output.type === 'lost' && stage === 'prelude') return output;
    if (stage === 'flooded')
      return { type: 'lost', failure: protocolFailure(target, { message: 'sudo does not stop talking' }) };
    const isWrong =
      stage === 'refused' ||
      (prelude.wasAsked && /incorrect password|try again|authentication fail/i.test(prelude.said));
    if (isWrong) attempt?.refused();
    return {
      type: 'lost',
      failure: isWrong ? wrongPassword(target, prelude.said) : sudoFailed(target, prelude.said),
    };
  }

  const waiting = sudoWait(target, limits, () => prelude.said);
  return {
    begin: () => undefined,
    get waiting() {
      return stage === 'begun' ? undefined : waiting;
    },
    onOutput: (output, channel) => {
      if (output.type !== 'data') return [stage === 'begun' ? output : verdict(output)];
      if (output.stream !== watched) return hearOther(output);
      if (stage === 'begun') return [output];
      return stage === 'prelude' ? hearPrelude(output.bytes, channel) : [];
    },
  };
}

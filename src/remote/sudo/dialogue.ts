import type { Dialogue } from '../exec.ts';
import { protocolFailure } from '../failures.ts';
import type { ClientChannel } from '../ssh2.ts';
import type { Target } from '../target.ts';
import type { Output } from '../transport.ts';
import type { Watchwords } from './command.ts';
import { sudoFailed, wrongPassword } from './failures.ts';
import type { Try } from './passwords.ts';
import { Prelude } from './prelude.ts';

export interface SudoDialogue {
  readonly target: Target;
  readonly words: Watchwords;
  /** What the command gets once it runs as root. */
  readonly input: Buffer;
  readonly tty: boolean;
  readonly attempt?: Try;
}

/**
 * Gives sudo the password when it asks with our own prompt and never otherwise, holds the command's input back until the command
 * runs, and takes a second question as a no: sudo gets the end of its input then, so that it tries nothing more.
 */
export function createDialogue({ target, words, input, tty, attempt }: SudoDialogue): Dialogue {
  const prelude = new Prelude(words);
  const watched = tty ? 'stdout' : 'stderr';
  /** Of the stream that sudo does not ask on: a start file of the user's shell may print there, which belongs to nobody. */
  const noise = new Prelude(words);
  let isQuiet = tty;
  let stage: 'prelude' | 'refused' | 'flooded' | 'begun' = 'prelude';

  /** The command's own output on that stream, which may be here before the word on the other one that it runs. */
  function hearOther(output: Extract<Output, { type: 'data' }>): readonly Output[] {
    if (isQuiet) return [output];
    const move = noise.hear(output.bytes);
    isQuiet = move.type === 'begun';
    return move.type === 'begun' && move.rest.length > 0 ? [{ ...output, bytes: move.rest }] : [];
  }

  function hearPrelude(bytes: Uint8Array, channel: ClientChannel): readonly Output[] {
    const move = prelude.hear(bytes);
    switch (move.type) {
      case 'wait':
        return [];
      case 'answer':
        channel.write(`${attempt?.password ?? ''}\n`);
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
        if (tty) channel.write(input);
        else channel.end(input);
        return move.rest.length > 0 ? [{ type: 'data', stream: watched, bytes: move.rest }] : [];
      }
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

  return {
    begin: () => undefined,
    hear: (output, channel) => {
      if (output.type !== 'data') return [stage === 'begun' ? output : verdict(output)];
      if (output.stream !== watched) return hearOther(output);
      if (stage === 'begun') return [output];
      return stage === 'prelude' ? hearPrelude(output.bytes, channel) : [];
    },
  };
}

import type { Failure } from '../../base/failure.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Output } from '../base/transport.ts';

/** A wait with a clock; times in milliseconds. */
export interface TimedWait {
  /** Without any output. */
  readonly idleMs: number;
  /** In all. */
  readonly totalMs: number;
  /** Why the command ends now; undefined where something else is waited for instead. `seconds` is the limit that has passed. */
  readonly onTimeout: (seconds: number, channel: ClientChannel) => Failure | undefined;
}

/** What is said to a command over its input, and what of its output is passed on. */
export interface Dialogue {
  /** Called when the command has begun. */
  begin(channel: ClientChannel): void;
  /** The outputs to pass on in place of the one that came. */
  onOutput(output: Output, channel: ClientChannel): readonly Output[];
  /** What is waited for now; undefined where time plays no part any more. The same object stands for the same wait. */
  readonly waiting: TimedWait | undefined;
}

/** The input in one go, the output as it comes; `begun` is called when the input goes out. */
export function inputOnly(input: string | Buffer, begun: () => void = () => undefined): Dialogue {
  return {
    begin: (channel) => {
      begun();
      channel.end(input);
    },
    onOutput: (output) => [output],
    waiting: undefined,
  };
}

import type { Failure } from '../../base/failure.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Output } from '../base/transport.ts';

/** A wait with time limits, milliseconds. */
export interface TimedWait {
  /** What is waited for, as a reason. */
  readonly code: string;
  readonly args: readonly string[];
  /** Without output. */
  readonly idleMs: number;
  /** In total. */
  readonly totalMs: number;
  /** The failure that ends the command; undefined if the wait continues in another way. `seconds` is the limit that was exceeded. */
  readonly onTimeout: (seconds: number, channel: ClientChannel) => Failure | undefined;
}

/** Controls the input of a command and filters its output. */
export interface Dialogue {
  /** Called when the command has started. */
  begin(channel: ClientChannel): void;
  /** The outputs to pass on instead of the one received. */
  onOutput(output: Output, channel: ClientChannel): readonly Output[];
  /** The current wait; undefined without a time limit. The same object means the same wait. */
  readonly waiting: TimedWait | undefined;
}

/** Sends the whole input at once and passes on all output; `begun` is called when the input is sent. */
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

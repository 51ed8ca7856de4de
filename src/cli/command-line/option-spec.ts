import type { Message } from '../../base/l10n.ts';

/** An option of the command line. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** The placeholder of its value; an option without one is a switch. */
  readonly value?: string;
  /** The allowed values. */
  readonly choices?: readonly string[];
  /** The value is an integer from the minimum to the maximum. */
  readonly range?: readonly [number, number];
  /** Whether the value has the form that `form` describes. */
  readonly accepts?: (value: string) => boolean;
  readonly form?: Message;
  readonly what: Message;
}

import type { Message } from '../../base/l10n.ts';

/** What completes a word: names in the cluster file of the command line, paths, or fixed words. */
export type Completion = 'node' | 'step' | 'cluster-file' | 'file' | 'folder' | readonly string[];

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
  /** What its value can be, in addition to `choices`. */
  readonly completes?: Completion;
  readonly what: Message;
}

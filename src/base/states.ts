/** What a step is found to be; `unknown` never warns. */
export type StepState = 'done' | 'needed' | 'drifted' | 'unknown';

/**
 * How a step that was run ended; `interrupted` ones have no end that is known (killed, rebooted, out of reach), `skipped` ones
 * were not reached, `unavailable` ones have no script in this version.
 */
export type StepOutcome =
  | 'changed'
  | 'unchanged'
  | 'failed'
  | 'interrupted'
  | 'cancelled'
  | 'skipped'
  | 'unavailable';

export type Phase = 'check' | 'apply' | 'verify';

/** Why a step is in its state: a code of the reasons table with its values, as the node's script gave them. */
export interface Reason {
  readonly code: string;
  readonly args: readonly string[];
}

export type RunKind = 'check' | 'run' | 'undo';

/** How a whole run or a node's part of it ended. */
export type RunOutcome = 'ok' | 'failed' | 'cancelled' | 'unreachable';

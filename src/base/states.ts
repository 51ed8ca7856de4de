/** The state of a step on a node; `unknown` is never a warning. */
export type StepState = 'done' | 'needed' | 'drifted' | 'unknown';

/**
 * How a step ended. `interrupted`: the end is unknown (killed, rebooted, unreachable); `skipped`: it was never started;
 * `unavailable`: there is nothing to install for the release.
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

/** Why a step is in its state: a reason code and its values, as the script on the node printed them. */
export interface Reason {
  readonly code: string;
  readonly args: readonly string[];
}

export type RunKind = 'check' | 'run' | 'undo';

/** How a run ended as a whole. */
export type RunOutcome = 'ok' | 'failed' | 'cancelled' | 'unreachable';

/** How a run ended on one node; `not-started`: too many nodes of an earlier batch had failed. */
export type NodeOutcome = RunOutcome | 'not-started';

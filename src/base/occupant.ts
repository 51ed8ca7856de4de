import type { RunKind } from './states.ts';

/** Who runs what on a node, as another computer recorded it there: foreign, so limited and printable. */
export interface Starter {
  /** `deploy@laptop2`; empty if it is not recorded. */
  readonly who: string;
  readonly run: string;
  /** Undefined if an earlier version started it, or a later one whose kinds of run are unknown here. */
  readonly kind?: RunKind;
  /** Undefined if it is not the id of a step. */
  readonly step?: string;
}

/** A run of another window, computer or user that works on a node. */
export interface Occupant extends Starter {
  /** When its step started, milliseconds since 1970 on this computer. */
  readonly since: number;
}

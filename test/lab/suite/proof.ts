import type { LookName } from '../looks.ts';

/** Runs a command on the node by plain OpenSSH and gives its output; throws when it fails. */
export type Look = (command: string) => Promise<string>;

/** The node that is looked at. */
export interface On {
  readonly node: string;
  readonly look: LookName;
  /** The OpenStack release of its look. */
  readonly release: string;
}

/** How a step's effect is seen on the node itself, without our own check, and how a hand spoils it. */
export interface Proof {
  readonly step: string;
  /** What makes a fresh node one that needs the step, where it does not as it comes. */
  readonly fresh?: (on: On) => string;
  readonly seen: (look: Look, on: On) => Promise<void>;
  readonly spoil: (on: On) => string;
  /** How it is seen that the step was undone; absent where it cannot be, or where others lean on it. */
  readonly undone?: (look: Look, on: On) => Promise<void>;
  /** What the check must say of the spoiled node; new updates are no drift. */
  readonly spoiled: 'drifted' | 'needed';
}

import type { LookName } from '../looks.ts';

/** Runs a command on the node with plain OpenSSH and returns its output; throws if it fails. */
export type Look = (command: string) => Promise<string>;

/** The node under test. */
export interface On {
  readonly node: string;
  readonly look: LookName;
  /** The OpenStack release of its system. */
  readonly release: string;
}

/** How the effect of a step is verified on the node without its own check, and how it is damaged by hand. */
export interface Proof {
  readonly step: string;
  /** Prepares a new node so that it needs the step. */
  readonly fresh?: (on: On) => string;
  readonly seen: (look: Look, on: On) => Promise<void>;
  readonly spoil: (on: On) => string;
  /** Verifies that the step was undone; absent if it cannot be, or if other steps depend on it. */
  readonly undone?: (look: Look, on: On) => Promise<void>;
  /** The state of the damaged node in a check; new updates are not drift. */
  readonly spoiled: 'drifted' | 'needed';
}

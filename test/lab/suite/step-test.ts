import type { SystemName } from '../systems.ts';

/** Runs a command on the node with plain OpenSSH and returns its output; throws if it fails. */
export type RunOnNode = (command: string) => Promise<string>;

/** The node under test. */
export interface On {
  readonly node: string;
  readonly system: SystemName;
  /** The OpenStack release of its system. */
  readonly release: string;
}

/** How the effect of a step is verified on the node without its own check, and how it is damaged by hand. */
export interface StepTest {
  readonly step: string;
  /** Prepares a new node so that it needs the step. */
  readonly prepare?: (on: On) => string;
  readonly verify: (run: RunOnNode, on: On) => Promise<void>;
  readonly damage: (on: On) => string;
  /** Verifies that the step was verifyUndone; absent if it cannot be, or if other steps depend on it. */
  readonly verifyUndone?: (run: RunOnNode, on: On) => Promise<void>;
  /** The state of the damaged node in a check; new updates are not drift. */
  readonly stateAfterDamage: 'drifted' | 'needed';
}

import type { Failure } from '../../base/failure.ts';
import type { Reason } from '../../base/states.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import type { Prompts } from '../../remote/base/prompts.ts';
import type { Connected } from '../../remote/base/transport.ts';
import type { WriteGuard } from '../logs/write-guard.ts';
import type { JobFiles } from './job-files.ts';
import type { JobTimes } from './times.ts';

/** Opens a verified, authenticated connection to a node; prompts if needed, unless `isQuiet`. */
export interface Connector {
  connect(node: ClusterNode, signal: AbortSignal, isQuiet?: boolean): Promise<Connected>;
  /** Shows what is waited for between two logins; undefined when it is over. */
  waiting?(node: ClusterNode, wait: Reason | undefined): void;
}

/** This computer's clock, milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** Unique names: `nonce` marks the marker lines of a payload (letters and digits), `run` is the name of a run's folder. */
export interface Names {
  nonce(): string;
  run(): string;
}

/** Values of the secrets that a cluster file names. */
export interface Secrets {
  /** The value, kept in memory only; undefined if it is not provided, a failure if its source cannot be used. */
  get(name: string): Promise<string | Failure | undefined>;
}

/** Passwords of logins and of sudo that were typed or found so far. */
export type TypedSecrets = () => Iterable<string>;

/** Everything outside that a run depends on. */
export interface Ports {
  readonly connector: Connector;
  readonly secrets: Secrets;
  readonly typed?: TypedSecrets;
  readonly clock: Clock;
  readonly names: Names;
  readonly files: JobFiles;
  /** Detects when the run can no longer be written on this computer. */
  readonly writeGuard: WriteGuard;
  /** User and computer, shown to others who wait for the same node: `anna@laptop`. */
  readonly who: string;
  /** Asks what to do about another run on a node; without it, the node is left out. */
  readonly askOccupied?: NonNullable<Prompts['occupied']>;
  /** How many nodes run at once. */
  readonly limit: number;
  /** Overrides of the default times. */
  readonly times?: Partial<JobTimes>;
}

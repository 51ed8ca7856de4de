import type { ClusterNode } from '../../cluster/model.ts';
import type { Connected } from '../../remote/base/transport.ts';
import type { Keeping } from '../logs/write-guard.ts';
import type { JobFiles } from './job-files.ts';
import type { JobTimes } from './times.ts';

/** Opens a verified, authenticated connection to a node, asking the person where needed and unless it is to be quiet. */
export interface Connector {
  connect(node: ClusterNode, signal: AbortSignal, isQuiet?: boolean): Promise<Connected>;
}

/** The controller's clock, milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** Fresh names: `nonce` marks the lines of one payload (letters and digits), `run` names a run's folder. */
export interface Names {
  nonce(): string;
  run(): string;
}

/** The values of the secrets that a cluster file names. */
export interface Secrets {
  /** The value, kept in memory only; undefined where nobody gives one. */
  get(name: string): Promise<string | undefined>;
}

/** The outside powers of a run. */
export interface Ports {
  readonly connector: Connector;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly names: Names;
  readonly files: JobFiles;
  /** Whether the run can be written on this machine. */
  readonly keeping: Keeping;
  /** Who works from where, for others that wait for the same node: `anna@laptop`. */
  readonly who: string;
  /** How many nodes are worked on at once. */
  readonly limit: number;
  /** In place of the usual times. */
  readonly times?: Partial<JobTimes>;
}

import type { Job } from './job.ts';
import type { Piece, Program } from './piece.ts';

/** A running script. */
export interface Started {
  readonly job: Job;
  readonly program: Program;
  /** The output of the script when a signal has ended its work. */
  aftermath(): Iterable<Piece>;
  /** Removes the process from the table. */
  ended(): void;
}

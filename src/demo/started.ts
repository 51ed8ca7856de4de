import type { Job } from './job.ts';
import type { Piece, Program } from './piece.ts';

/** A script that runs. */
export interface Started {
  readonly job: Job;
  readonly program: Program;
  /** What the script says when a signal has ended its work. */
  aftermath(): Iterable<Piece>;
  /** Takes the process off the table. */
  ended(): void;
}

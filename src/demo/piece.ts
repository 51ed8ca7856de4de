/** A part of a simulated command's output, with the delay after it. */
export interface Piece {
  /** Ends where the command flushes, not necessarily at the end of a line; may be empty. */
  readonly text: string;
  /** Milliseconds at the realistic pace. */
  readonly wait: number;
  /** The output if the command is interrupted here; undefined if an interrupt must wait, as during an rpm transaction. */
  readonly onInterrupt?: string;
  /** Waits here for the confirmation of a second login, at most `wait`. */
  readonly awaitsProof?: true;
  /** Drops the connection at this point. */
  readonly dropsLink?: true;
}

/** A simulated command: yields its output in order and returns its exit code; its state changes during the iteration. */
export type Program = Generator<Piece, number>;

/** Output after which an interrupt simply ends the command. */
export function said(text: string, wait = 0): Piece {
  return { text, wait, onInterrupt: '' };
}

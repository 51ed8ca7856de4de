/** A bit of what a command on a simulated node prints, and how long it then takes to go on. */
export interface Piece {
  /** Cut where the command flushes, which need not be the end of a line; may be empty. */
  readonly text: string;
  /** Milliseconds at the realistic pace. */
  readonly wait: number;
  /** What the command prints when it is interrupted here; absent where an interrupt waits, as in rpm's transaction. */
  readonly onInterrupt?: string;
  /** The link of whoever watches breaks here. */
  readonly dropsLink?: true;
}

/** A command as it runs: its pieces in order, then its exit code; its state changes as the pieces are taken. */
export type Program = Generator<Piece, number>;

/** Text that comes at once and after which an interrupt simply ends the command. */
export function said(text: string, wait = 0): Piece {
  return { text, wait, onInterrupt: '' };
}

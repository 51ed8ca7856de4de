import type { Job } from './job.ts';
import type { Program } from './piece.ts';

/** Where a command prints to; a closed one takes no more text and keeps nobody waiting. */
export interface Printer {
  /** Ends when the reader has room for the text. */
  print(text: string): Promise<void>;
  /** Breaks the reader's connection. */
  drop(): void;
}

/** Exit codes of a command that a signal ended: 128 and the signal's number. */
const killed = { INT: 130, TERM: 143 } as const;

/** Runs a command to its end, or until a signal ends it; gives the exit code. */
export async function drive(program: Program, job: Job, printer: Printer): Promise<number> {
  let next = program.next();
  for (; !next.done; next = program.next()) {
    const { text, wait, onInterrupt, dropsLink } = next.value;
    job.isUninterruptible = onInterrupt === undefined;
    if (text !== '') await printer.print(text);
    if (dropsLink) printer.drop();
    if (wait > 0) await job.pause(wait);
    if (job.signal === 'TERM' || (job.signal === 'INT' && onInterrupt !== undefined)) {
      program.return(killed[job.signal]);
      if (job.signal === 'INT') await printer.print(onInterrupt ?? '');
      return killed[job.signal];
    }
  }
  return next.value;
}

import type { Job } from './job.ts';
import type { Program } from './piece.ts';

/** The output of a command; when it is closed, it discards text and never blocks. */
export interface Printer {
  /** Resolves when it can take more text. */
  print(text: string): Promise<void>;
  /** Drops the reader's connection. */
  drop(): void;
}

/** Exit codes of a command terminated by a signal: 128 plus the signal number. */
const killed = { INT: 130, TERM: 143 } as const;

/** Runs a command until it ends or a signal terminates it; returns the exit code. */
export async function drive(program: Program, job: Job, printer: Printer): Promise<number> {
  let next = program.next();
  for (; !next.done; next = program.next()) {
    const { text, wait, onInterrupt, dropsLink, awaitsProof } = next.value;
    job.isUninterruptible = onInterrupt === undefined;
    if (text !== '') await printer.print(text);
    if (dropsLink) printer.drop();
    if (awaitsProof) await job.awaitProof(wait);
    else if (wait > 0) await job.pause(wait);
    if (job.signal === 'TERM' || (job.signal === 'INT' && onInterrupt !== undefined)) {
      program.return(killed[job.signal]);
      if (job.signal === 'INT') await printer.print(onInterrupt ?? '');
      return killed[job.signal];
    }
  }
  return next.value;
}

import type { Out } from '../terminal/io.ts';
import { type EventPrinting, eventLine } from './progress-log.ts';
import type { Reporter } from './reporter.ts';

/** Progress line by line, for pipes and for terminals without cursor movement. */
export function plainReporter(out: Out, printing: EventPrinting): Reporter {
  let waiting: string[] | undefined;
  const print = (line: string): void => {
    if (waiting) waiting.push(line);
    else out.write(`${line}\n`);
  };
  return {
    event: (event) => {
      // The summary, which follows immediately, explains why nothing was started.
      const line = event.type === 'run-refused' ? undefined : eventLine(event, printing);
      if (line !== undefined) print(line);
    },
    notice: print,
    suspend: () => {
      waiting ??= [];
    },
    resume: () => {
      const lines = waiting ?? [];
      waiting = undefined;
      for (const line of lines) print(line);
    },
    end: () => undefined,
  };
}

/** Shows no progress, only the result, and at once what a node waits for. */
export function silentReporter(out: Out, printing: EventPrinting): Reporter {
  return {
    event(event) {
      const waits = event.type === 'notice' && event.reason.code === 'yum-locked';
      if (waits) out.write(`${eventLine(event, printing)}\n`);
    },
    notice: (line) => out.write(`${line}\n`),
    suspend: () => undefined,
    resume: () => undefined,
    end: () => undefined,
  };
}

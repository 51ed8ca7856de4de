import type { YumEvent, YumOutcome } from './events.ts';
import { complaintOf } from './words.ts';

const keptDetails = 200;

export interface FoundError {
  readonly mainError?: string;
  readonly details: readonly string[];
}

export interface ErrorFinder {
  add(event: YumEvent): void;
  /** Whether the text ends with lines that may be an error in an unknown language. */
  hasError(): boolean;
  find(outcome: YumOutcome): FoundError;
}

interface Block {
  readonly head: string;
  readonly details: string[];
}

/** An error line without content: `Error:`, with the reason on the next line. */
function isBare(line: string): boolean {
  return /^\S+\s?[:：]$/.test(line);
}

/** yum 3 prints each unmet dependency as `Error: Package: …`; together they are one error. */
function startOf(line: string): string {
  return line.split(/\s+/, 2).join(' ');
}

function shown({ head, details }: Block): FoundError {
  const [first, ...rest] = details;
  return isBare(head) && first !== undefined
    ? { mainError: first, details: rest }
    : { mainError: head, details };
}

/** Selects the line that best explains the failure: the first of the last block of fatal lines. */
export function createErrorFinder(): ErrorFinder {
  let fatal: Block | undefined;
  let partial: Block | undefined;
  let minor: Block | undefined;
  let current: Block | undefined;
  let aborted: string | undefined;
  let lock: string | undefined;
  let suspect: string | undefined;
  /** The first of the trailing lines of unknown kind. */
  let tail: string | undefined;

  function addError(event: Extract<YumEvent, { type: 'error' }>): void {
    if (event.severity === 'detail') {
      if (current && current.details.length < keptDetails) current.details.push(event.line);
      return;
    }
    const block: Block = { head: event.line, details: [] };
    if (event.severity === 'fatal') {
      if (fatal !== undefined && current === fatal && startOf(fatal.head) === startOf(event.line)) return;
      fatal = block;
    } else if (event.severity === 'partial') partial = block;
    else minor ??= block;
    current = block;
  }

  function addLine(event: YumEvent): void {
    if (event.type === 'aborted') aborted = event.line;
    else if (event.type === 'lock-wait') lock ??= event.line;
    else if (event.type === 'warning') suspect ??= event.line;
    else if (event.type === 'scriptlet' && complaintOf(event.line) === 'error') suspect = event.line;
  }

  function fallback(outcome: YumOutcome): FoundError {
    const line = outcome === 'failed' ? (tail ?? lock ?? suspect) : lock;
    return line === undefined ? { details: [] } : { mainError: line, details: [] };
  }

  return {
    add(event) {
      if (event.type === 'unparsed') tail ??= event.line;
      else tail = undefined;
      if (event.type === 'error') addError(event);
      else {
        current = undefined;
        addLine(event);
      }
    },
    hasError: () => fatal !== undefined || partial !== undefined || tail !== undefined,
    find(outcome) {
      if (outcome === 'aborted' && aborted !== undefined) return { mainError: aborted, details: [] };
      const block =
        fatal ?? partial ?? (outcome === 'success' || outcome === 'nothing-to-do' ? undefined : minor);
      if (block) return shown(block);
      return outcome === 'failed' || outcome === 'incomplete' ? fallback(outcome) : { details: [] };
    },
  };
}

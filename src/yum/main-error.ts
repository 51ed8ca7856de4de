import type { YumEvent, YumOutcome } from './events.ts';
import { complaintOf } from './words.ts';

const keptDetails = 200;

export interface FoundError {
  readonly mainError?: string;
  readonly details: readonly string[];
  /** Whether the line was chosen for lack of an error message: a known cause is better. */
  readonly isGuess?: boolean;
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

/** dnf can print this for each repository and continue; the first one is the first to correct. */
const eachRepository = "Error: Failed to download metadata for repo '";

/** yum 3 prints each unmet dependency as `Error: Package: …`; together they are one error. */
function startOf(line: string): string {
  return line.split(/\s+/, 2).join(' ');
}

/** Packstack's report of a manifest or script that failed; what failed in it follows. */
const reportOfPackstack = /^(?:ERROR : )?(?:Error appeared during Puppet run: |Failed to run remote script)/;

/** What dnf says of modules and groups: more headings may follow. */
const modules = /^(?:Error: )?Problems in request:$/;

/** Heads without content: the reason is in the lines that follow. */
function hasReasonBelow(line: string): boolean {
  return (
    isBare(line) ||
    line.startsWith('Errors during downloading metadata for repository') ||
    reportOfPackstack.test(line) ||
    modules.test(line) ||
    isTraceback(line)
  );
}

/** Python prints the exception below the calls, at the left: `dnf.exceptions.Error: Transaction test error:`. */
const exception = /^[A-Za-z_][\w.]{0,200}:(?: \S|$)/;

function isTraceback(head: string): boolean {
  return head.startsWith('Traceback (most recent call last)');
}

/** The line that says why: of a script that Packstack ran, the error among all that it printed. */
function reasonBelow(head: string, details: readonly string[]): string | undefined {
  if (!hasReasonBelow(head)) return undefined;
  if (isTraceback(head)) return details.findLast((line) => exception.test(line));
  if (modules.test(head)) return details.find((line) => !line.endsWith(':')) ?? details[0];
  if (!head.includes('remote script')) return details[0];
  const end = details.findIndex((line) => /^\+\+ /.test(line));
  const printed = end < 0 ? details : details.slice(0, end);
  return printed.findLast((line) => !/^\+ |^(?:stderr: )?Warning: Permanently added/.test(line));
}

/** libsolv's leaf of a problem: what is missing, rather than what could not be installed for it. */
const leaf = /^\s*- nothing provides /;

/** dnf 5's heading says less than the only thing that it introduces: a name that no repository has. */
function nameBelow(head: string, details: readonly string[]): string | undefined {
  if (head !== 'Failed to resolve the transaction:' || details.some((line) => /^\s*Problem/.test(line)))
    return undefined;
  return details.find((line) => line.startsWith('No match for argument: '));
}

function shown({ head, details }: Block): FoundError {
  const below = reasonBelow(head, details) ?? nameBelow(head, details);
  // A report of Packstack names the manifest, which the reason does not.
  const isEmptyHead = !reportOfPackstack.test(head);
  const found = below ?? head;
  const missing = /^ /.test(found) ? details.find((line) => leaf.test(line)) : undefined;
  const mainError = missing ?? found;
  return {
    mainError,
    details: [head, ...details].filter(
      (line) => line !== mainError && !(below && isEmptyHead && line === head),
    ),
  };
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
  let wrapper: string | undefined;

  function addError(event: Extract<YumEvent, { type: 'error' }>): void {
    if (event.severity === 'detail') {
      if (current && current.details.length < keptDetails) current.details.push(event.line);
      return;
    }
    const block: Block = { head: event.line, details: [] };
    if (event.severity === 'fatal') {
      if (fatal !== undefined && current === fatal && startOf(fatal.head) === startOf(event.line)) return;
      if (fatal?.head.startsWith(eachRepository) && event.line.startsWith(eachRepository)) return;
      fatal = block;
    } else if (event.severity === 'partial') partial = block;
    else minor ??= block;
    current = block;
  }

  function addLine(event: YumEvent): void {
    if (event.type === 'aborted') aborted = event.line;
    else if (event.type === 'lock-wait') lock ??= event.line;
    else if (event.type === 'wrapper') wrapper ??= event.line;
    else if (event.type === 'warning') suspect ??= event.line;
    else if (event.type === 'scriptlet' && complaintOf(event.line) === 'error') suspect = event.line;
  }

  function fallback(outcome: YumOutcome): FoundError {
    const line = outcome === 'failed' ? (tail ?? lock ?? suspect ?? wrapper) : (lock ?? wrapper);
    return line === undefined ? { details: [] } : { mainError: line, details: [], isGuess: true };
  }

  return {
    add(event) {
      if (event.type === 'unparsed') tail ??= event.line;
      else if (event.type !== 'wrapper') tail = undefined;
      if (event.type === 'error') addError(event);
      else {
        current = undefined;
        addLine(event);
      }
    },
    hasError: () => fatal !== undefined || partial !== undefined || tail !== undefined,
    find(outcome) {
      if (outcome === 'aborted' && aborted !== undefined) return { mainError: aborted, details: [] };
      const stated =
        fatal && isBare(fatal.head) && fatal.details.length === 0 ? (partial ?? minor ?? fatal) : fatal;
      const block =
        stated ?? partial ?? (outcome === 'success' || outcome === 'nothing-to-do' ? undefined : minor);
      if (block) return shown(block);
      return outcome === 'failed' || outcome === 'incomplete' ? fallback(outcome) : { details: [] };
    },
  };
}

import { createCounter } from './counts.ts';
import type { PackageAction, YumEvent, YumOutcome, YumTool } from './events.ts';
import { createErrorFinder } from './main-error.ts';

export interface YumSummary {
  readonly tool?: YumTool;
  /** The version of the tool, if the log has it: `4.14.0`. */
  readonly toolVersion?: string;
  readonly outcome: YumOutcome;
  /** Number of planned packages by action; includes dependencies, omits zeros. */
  readonly summary: Readonly<Partial<Record<PackageAction, number>>>;
  /** The line that best explains the failure; a successful run may have one if it skipped something. */
  readonly mainError?: string;
  /** The lines that explain the main error. */
  readonly details: readonly string[];
  /** Whether the main error was chosen for lack of an error message. */
  readonly isGuess?: boolean;
  /** Number of lines of unknown kind. */
  readonly unparsed: number;
}

/** Summarizes a run event by event; with several runs in one text, the last one. */
export interface YumSummarizer {
  add(event: YumEvent): void;
  /** The exit code, if known, determines the outcome: 100 means that updates are available, 128 and above that the tool was killed. */
  finish(exitCode?: number): YumSummary;
}

type Ended = 'complete' | 'answered' | 'nothing' | 'aborted' | 'failed';

const outcomes: Readonly<Record<Ended, YumOutcome>> = {
  complete: 'success',
  answered: 'success',
  nothing: 'nothing-to-do',
  aborted: 'aborted',
  failed: 'failed',
};

interface Ending {
  ended: Ended | undefined;
  /** Whether the last question was answered with no. */
  declined: boolean;
  /** Whether the last output is why the packages cannot be installed. */
  unsolved: boolean;
  /** The exit code in the last words of the program that ran the tool. */
  wrapped: number | undefined;
  /** Whether the last output is an error of rpm. */
  rpmFailed: boolean;
  /** Whether a transaction has begun. */
  begun: boolean;
  /** A package that the tool lists as failed. */
  broken: boolean;
}

const freshEnding = (): Ending => ({
  ...{
    ended: undefined,
    declined: false,
    unsolved: false,
    wrapped: undefined,
    rpmFailed: false,
    begun: false,
    broken: false,
  },
});

/** Events after which an earlier statement about the run no longer holds: it continued. */
export const progress: ReadonlySet<YumEvent['type']> = new Set([
  'phase',
  'repository',
  'package',
  'download',
  'step',
]);

/** The heading of libsolv's reasons, also in the texts of Ansible: ` Problem 1: …`. */
const problem = /^ ?(?:Problem|Problema|Problème|Проблема|문제|問題|问题)(?: \d+)?: /;

function note(ending: Ending, event: YumEvent): void {
  if (progress.has(event.type)) {
    ending.declined = false;
    ending.unsolved = false;
    ending.rpmFailed = false;
  }
  switch (event.type) {
    case 'complete':
      if (ending.ended !== 'nothing') ending.ended = 'complete';
      break;
    case 'repository':
    case 'download':
      // Another repository is read after one that failed.
      if (ending.ended === 'failed') ending.ended = undefined;
      break;
    case 'prompt':
      ending.declined = /[\]:：]\s*[nN]o?$/.test(event.text);
      break;
    case 'wrapper':
      // A transaction that a signal ended is unfinished, not failed.
      if (!ending.begun || ending.ended !== undefined || event.code < 128) ending.wrapped ??= event.code;
      break;
    case 'answer':
      ending.ended ??= 'answered';
      break;
    case 'phase':
      // More than a query was requested.
      if (ending.ended === 'answered') ending.ended = undefined;
      break;
    case 'nothing-to-do':
      ending.ended = 'nothing';
      break;
    case 'aborted':
      ending.ended = 'aborted';
      break;
    case 'error':
      if (event.severity === 'fatal') ending.ended = 'failed';
      else if (problem.test(event.line)) ending.unsolved = true;
      else if (/^error: /.test(event.line)) ending.rpmFailed = true;
      break;
    case 'step':
      // Earlier package lists or `Complete!` came from a scriptlet.
      if (ending.ended === 'complete') ending.ended = undefined;
      ending.broken = false;
      ending.begun = true;
      break;
    case 'result':
      ending.broken ||= event.action === 'failed';
      break;
    default:
      break;
  }
}

/** The outcome as the log states it. */
function statedOutcome({ ended, broken, declined, unsolved, wrapped }: Ending): YumOutcome | undefined {
  if (broken) return 'failed';
  if (ended) return outcomes[ended];
  if (declined) return 'aborted';
  return unsolved || (wrapped ?? 0) > 0 ? 'failed' : undefined;
}

function outcomeOf(ending: Ending, exitCode: number | undefined, hasError: boolean): YumOutcome {
  const stated = statedOutcome(ending);
  if (exitCode === undefined) return stated ?? 'incomplete';
  if (exitCode === 0) {
    if (ending.broken) return 'failed';
    return ending.ended === 'nothing' ? 'nothing-to-do' : 'success';
  }
  if (exitCode === 100 && ending.ended !== 'failed') return 'success';
  if (stated === 'aborted') return 'aborted';
  // Killed by a signal, which the tool itself does not report.
  if (exitCode >= 128 && exitCode !== 200) return isExplicit(ending) ? 'failed' : 'incomplete';
  return stated !== undefined || hasError ? 'failed' : 'incomplete';
}

function isExplicit({ broken, unsolved, wrapped }: Ending): boolean {
  return broken || unsolved || wrapped !== undefined;
}

/** `DNF version: 4.14.0` of dnf.log, `Yum version: 3.4.3` of yum -v, `dnf5 version 5.2.8`. */
const version = /^(?:DNF version: |Yum version: |dnf5 version |Version : dnf5-)(\d[\w.]{0,40})/;

function versionIn(line: string): string | undefined {
  const isNamed =
    line.startsWith('D') || line.startsWith('Y') || line.startsWith('d') || line.startsWith('V');
  return isNamed ? version.exec(line)?.[1] : undefined;
}

export function createSummarizer(): YumSummarizer {
  let tool: YumTool | undefined;
  let toolVersion: string | undefined;
  let unparsed = 0;
  let ending = freshEnding();
  let counter = createCounter();
  let finder = createErrorFinder();
  let isFresh = true;
  return {
    add(event) {
      if (event.type === 'phase' && event.phase === 'setup') {
        // A reader of several runs makes a summarizer for each.
        if (isFresh) return;
        ending = freshEnding();
        counter = createCounter();
        finder = createErrorFinder();
        isFresh = true;
        return;
      }
      isFresh = false;
      if (event.type === 'tool') tool = event.tool;
      if (event.type === 'unparsed') unparsed += 1;
      if (event.type === 'unparsed' || event.type === 'text')
        toolVersion = versionIn(event.line) ?? toolVersion;
      note(ending, event);
      counter.add(event);
      finder.add(event);
    },
    finish(exitCode) {
      // rpm alone: it has no other last words.
      if (tool === undefined && ending.rpmFailed && !ending.begun) ending.ended ??= 'failed';
      const outcome = outcomeOf(ending, exitCode, tool === undefined || finder.hasError());
      return {
        ...(tool ? { tool } : {}),
        ...(toolVersion === undefined ? {} : { toolVersion }),
        outcome,
        summary: counter.counts(),
        ...finder.find(outcome),
        unparsed,
      };
    },
  };
}

/** Summarizes all events of a text. */
export function summarize(events: Iterable<YumEvent>, exitCode?: number): YumSummary {
  const summarizer = createSummarizer();
  for (const event of events) summarizer.add(event);
  return summarizer.finish(exitCode);
}

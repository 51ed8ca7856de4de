import { createCounter } from './counts.ts';
import type { PackageAction, YumEvent, YumOutcome, YumTool } from './events.ts';
import { createErrorFinder } from './main-error.ts';

export interface YumSummary {
  readonly tool?: YumTool;
  readonly outcome: YumOutcome;
  /** Number of planned packages by action; includes dependencies, omits zeros. */
  readonly summary: Readonly<Partial<Record<PackageAction, number>>>;
  /** The line that best explains the failure; a successful run may have one if it skipped something. */
  readonly mainError?: string;
  /** The lines that explain the main error. */
  readonly details: readonly string[];
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
  /** A package that the tool lists as failed. */
  broken: boolean;
}

function note(ending: Ending, event: YumEvent): void {
  switch (event.type) {
    case 'complete':
      if (ending.ended !== 'nothing') ending.ended = 'complete';
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
      break;
    case 'step':
      // Earlier package lists or `Complete!` came from a scriptlet.
      if (ending.ended === 'complete') ending.ended = undefined;
      ending.broken = false;
      break;
    case 'result':
      ending.broken ||= event.action === 'failed';
      break;
    default:
      break;
  }
}

function outcomeOf(ending: Ending, exitCode: number | undefined, hasError: boolean): YumOutcome {
  const { ended, broken } = ending;
  if (exitCode === undefined) return broken ? 'failed' : ended ? outcomes[ended] : 'incomplete';
  if (exitCode === 0) return ended === 'nothing' ? 'nothing-to-do' : 'success';
  if (exitCode === 100 && ended !== 'failed') return 'success';
  if (ended === 'aborted') return 'aborted';
  if (exitCode >= 128 && exitCode !== 200) return 'incomplete';
  return broken || ended || hasError ? 'failed' : 'incomplete';
}

export function createSummarizer(): YumSummarizer {
  let tool: YumTool | undefined;
  let unparsed = 0;
  let ending: Ending = { ended: undefined, broken: false };
  let counter = createCounter();
  let finder = createErrorFinder();
  return {
    add(event) {
      if (event.type === 'phase' && event.phase === 'setup') {
        ending = { ended: undefined, broken: false };
        counter = createCounter();
        finder = createErrorFinder();
      } else if (event.type === 'tool') tool = event.tool;
      else if (event.type === 'unparsed') unparsed += 1;
      note(ending, event);
      counter.add(event);
      finder.add(event);
    },
    finish(exitCode) {
      const outcome = outcomeOf(ending, exitCode, tool === undefined || finder.hasError());
      return {
        ...(tool ? { tool } : {}),
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

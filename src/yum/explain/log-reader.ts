import { createLineUnwrapper } from '../carrier/unwrap.ts';
import { type Changes, createChangeReader } from '../changes.ts';
import type { PlacedYumEvent } from '../events.ts';
import { inEnglish } from '../messages/in-english.ts';
import { createLineParser, createYumParser } from '../parser.ts';
import { preliminary } from '../state.ts';
import { createSummarizer, type YumSummarizer, type YumSummary } from '../summarize.ts';
import { createExplainer, type Explained, type Explainer } from './explain.ts';
import { createHitFinder, type HitFinder } from './memory.ts';
import { createTail } from './tail.ts';

/** One run of the tool in a log. */
export interface RunFindings extends Explained {
  readonly summary: YumSummary;
  /** Its first line in the log, from 0. */
  readonly row: number;
}

/** The result of reading a complete log of yum or dnf; the summary is that of the last run. */
export interface LogFindings extends RunFindings {
  /** What another program had put around the lines of the tool, the outermost first: `iso-time`, `json`. */
  readonly carriers: readonly string[];
  /** All runs in the log, at most the last 50. */
  readonly runs: readonly RunFindings[];
}

/** Reads a log in chunks, in constant memory. */
export interface LogReader {
  /** Takes decoded text in chunks of any size. */
  push(text: string): void;
  /** Reads the rest; the exit code of the tool, if known, determines the outcome. */
  end(exitCode?: number): LogFindings;
}

/** More runs are not listed. */
const maxRuns = 50;
/** This number of signs of a run is in more than the listed runs. */
const enoughSigns = 4 * maxRuns;

/** Lines that say that something failed, not why. */
const vague = /^Error unpacking rpm package |^Unpack error: |^Error: Nothing to do$/;
const tested = /^Transaction check error:?$/i;

function isVague(line: string, { explanation }: Explained): boolean {
  const english = inEnglish(line) ?? line;
  return vague.test(english) || (explanation?.id === 'disk-too-small' && tested.test(english));
}

interface OpenRun {
  readonly summarizer: YumSummarizer;
  readonly explainer: Explainer;
  readonly row: number;
  hasBegun: boolean;
}

function openRun(row: number, hasBegun: boolean, hitsOfLine: HitFinder): OpenRun {
  return { summarizer: createSummarizer(), explainer: createExplainer(hitsOfLine), row, hasBegun };
}

function isWell({ outcome }: YumSummary): boolean {
  return outcome === 'success' || outcome === 'nothing-to-do';
}

/** The line with the known cause replaces one that was chosen for lack of an error message. */
function withCause(summary: YumSummary, explained: Explained): YumSummary {
  const line = explained.explanation?.line ?? '';
  const { mainError, isGuess = false } = summary;
  const isOpen = mainError === undefined || isGuess || isVague(mainError, explained);
  return line === '' || isWell(summary) || !isOpen ? summary : { ...summary, mainError: line };
}

function findingsOf({ summarizer, explainer, row }: OpenRun, exitCode?: number): RunFindings {
  const summary = summarizer.finish(exitCode);
  const explained = explainer.find(summary);
  return { row, summary: withCause(summary, explained), ...explained };
}

/** The cause of an earlier run that failed, if the last one ends without a statement. */
function answerOf(last: RunFindings, earlier: readonly RunFindings[]): RunFindings {
  const isSilent = last.summary.outcome === 'incomplete' && (last.explanation?.line ?? '') === '';
  const failed = isSilent ? earlier.findLast(({ summary }) => summary.outcome === 'failed') : undefined;
  return failed?.explanation ? { ...last, explanation: failed.explanation } : last;
}

/** The parser looks back by one line at most. */
const keptRows = 64;

/** `enough` signs of a run below some text make reading it needless. */
export function createLogReader(enough = enoughSigns): LogReader {
  /** The runs before the last one. */
  let earlier: OpenRun[] = [];
  /** The rows of the log for the last lines that the parser has taken. */
  const rows = new Array<number>(keptRows).fill(0);
  let taken = 0;
  const hitsOfLine = createHitFinder();
  let run = openRun(0, false, hitsOfLine);
  /** The first run after lines that were not read: it has lost its start. */
  let cut: OpenRun | undefined;

  function begin(row: number): void {
    if (run.hasBegun) {
      earlier.push(run);
      if (earlier.length >= maxRuns) earlier.shift();
      run = openRun(rows[row % keptRows] ?? 0, true, hitsOfLine);
    }
    run.hasBegun = true;
  }

  function take(event: PlacedYumEvent): void {
    if (event.type === 'phase' && event.phase === 'setup') begin(event.row);
    else if (!run.hasBegun) run.hasBegun = !preliminary.has(event.type);
    run.summarizer.add(event);
    run.explainer.add(event);
  }

  let parser = createLineParser(take);
  const unwrapper = createLineUnwrapper((text, row) => {
    rows[taken % keptRows] = row;
    taken += 1;
    parser.line(text);
  });

  /** Forgets the runs before: enough others follow. */
  function skip(lines: number): void {
    unwrapper.skip(lines);
    earlier = [];
    taken = 0;
    run = openRun(0, false, hitsOfLine);
    cut = run;
    parser = createLineParser(take);
  }

  const tail = createTail({ read: unwrapper.push, skip }, enough);

  return {
    push: tail.push,
    end(exitCode) {
      tail.end();
      unwrapper.end();
      parser.end();
      const last = findingsOf(run, exitCode ?? unwrapper.exitCode());
      const runs = earlier.filter((each) => each !== cut).map((each) => findingsOf(each));
      return { ...answerOf(last, runs), carriers: unwrapper.carriers(), runs: [...runs, last] };
    },
  };
}

/** The package changes in a complete text. */
export function changesIn(text: string): Changes {
  const parser = createYumParser();
  const reader = createChangeReader();
  const summarizer = createSummarizer();
  for (const event of [...parser.push(text), ...parser.end()]) {
    summarizer.add(event);
    reader.add(event);
  }
  return reader.changes(summarizer.finish());
}

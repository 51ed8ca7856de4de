import { joined, type Message, msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';
import { visible } from '../../base/visible.ts';
import { nodeCount } from '../counts.ts';
import { runName, type Writing } from './log-head.ts';

/** The log of a step in a run. */
export interface SearchedLog {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** A run whose logs were searched. */
export interface SearchedRun {
  readonly run: string;
  readonly kind: RunKind;
  readonly cluster: string;
  /** Milliseconds since 1970. */
  readonly started: number;
}

/** A line of a log that contains the text, or is next to such a line. */
export interface FoundLine {
  /** The row in the output of the step, from 0. */
  readonly row: number;
  readonly text: string;
  readonly isMatch: boolean;
}

/** The lines found in a log, in order. */
export interface LogMatches {
  readonly log: SearchedLog;
  readonly lines: readonly FoundLine[];
  /** The row of the log's document at which the output begins; 0 if the output is shown without a head. */
  readonly first?: number;
}

export interface SearchResult {
  readonly matches: readonly LogMatches[];
  /** Number of logs and runs that were read. */
  readonly logs: number;
  readonly runs: number;
  /** Which limit ended the search early: that of matching lines, or that of bytes read. */
  readonly stopped?: 'lines' | 'bytes';
}

/** What was searched for, and where. */
export interface SearchSubject {
  readonly query: string;
  readonly cluster: string;
  readonly nodes?: readonly string[];
  readonly step?: string;
  readonly maxLines: number;
  readonly maxMegabytes: number;
}

/** A matching line as a link to its log. */
export interface SearchHit {
  readonly row: number;
  readonly first: number;
  /** The column after the last one. */
  readonly end: number;
  readonly log: SearchedLog;
  /** The row in the output of the step. */
  readonly logRow: number;
  /** The columns of the text that was searched for, each with the one after the last. */
  readonly matches: readonly (readonly [first: number, end: number])[];
}

/** The result of a search as a document. */
export interface SearchPage {
  readonly text: string;
  readonly hits: readonly SearchHit[];
  /** The rows above the lines of a run or log. */
  readonly titles: readonly number[];
}

/** More nodes are counted. */
const maxNames = 4;
const numberWidth = 7;

function lineCount(count: number): Message {
  return count === 1 ? msg('1 line') : msg('{0} lines', count);
}

function logCount(count: number): Message {
  return count === 1 ? msg('1 log') : msg('{0} logs', count);
}

function runCount(count: number): Message {
  return count === 1 ? msg('1 run') : msg('{0} runs', count);
}

function placeText({ cluster, nodes, step }: SearchSubject): Message {
  const named = nodes && (nodes.length > maxNames ? nodeCount(nodes.length) : nodes.join(', '));
  return joined(
    [cluster, named, step].filter((part) => part !== undefined),
    ' · ',
  );
}

/** All places of a text in a line, in any case. */
function matchesIn(line: string, query: string): SearchHit['matches'] {
  const [lower, wanted] = [line.toLowerCase(), query.toLowerCase()];
  const found: [number, number][] = [];
  // A few characters change their length with their case; then there is no place to highlight.
  if (wanted === '' || lower.length !== line.length) return found;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length))
    found.push([at, at + wanted.length]);
  return found;
}

function headTexts(subject: SearchSubject, result: SearchResult): readonly Message[] {
  const { query, maxLines, maxMegabytes } = subject;
  const hits = result.matches.flatMap(({ lines }) => lines.filter(({ isMatch }) => isMatch)).length;
  const read = joined([logCount(result.logs), runCount(result.runs)], ', ');
  const texts = [
    msg('Search: {0}', visible(query)),
    msg('Searched: {0} ({1})', placeText(subject), read),
    hits === 0
      ? msg('No log contains “{0}”.', visible(query))
      : msg('Found: {0} in {1}', lineCount(hits), logCount(result.matches.length)),
  ];
  if (result.stopped === 'lines')
    texts.push(msg('Only the first {0} lines are shown, those of the newest runs first.', maxLines));
  if (result.stopped === 'bytes')
    texts.push(msg('The search ended after {0} MB; older logs were not searched.', maxMegabytes));
  return texts;
}

/** The lines found, by run (newest first), node and step; every match is a link. `runs` are the searched ones. */
export function searchPage(
  subject: SearchSubject,
  found: { readonly result: SearchResult; readonly runs: readonly SearchedRun[] },
  writing: Writing,
): SearchPage {
  const { t } = writing;
  const lines = headTexts(subject, found.result).map((text) => `# ${t(text)}`);
  const hits: SearchHit[] = [];
  const titles: number[] = [];
  const add = ({ log, lines: some, first: head = 0 }: LogMatches): void => {
    const count = lineCount(some.filter(({ isMatch }) => isMatch).length);
    lines.push('');
    titles.push(lines.length);
    lines.push(t(joined([`${log.node} · ${log.step}`, count], ': ')));
    for (const { row, text, isMatch } of some) {
      const inDocument = String(head + row + 1);
      const number = inDocument.padStart(numberWidth);
      const line = `${number}${isMatch ? ':' : ' '} ${visible(text.replaceAll('\t', ' '))}`;
      const first = number.length - inDocument.length;
      const start = numberWidth + 2;
      const matches = matchesIn(line.slice(start), subject.query).map(
        ([from, to]) => [from + start, to + start] as const,
      );
      if (isMatch) hits.push({ row: lines.length, first, end: line.length, log, logRow: row, matches });
      lines.push(line.trimEnd());
    }
  };
  for (const run of found.runs) {
    const ofRun = found.result.matches.filter(({ log }) => log.run === run.run);
    if (ofRun.length === 0) continue;
    lines.push('');
    titles.push(lines.length);
    lines.push(t(runName({ ...run, at: run.started }, writing)));
    for (const each of ofRun) add(each);
  }
  return { text: `${lines.join('\n')}\n`, hits, titles };
}

import { assertNever } from '../../base/assert-never.ts';
import { largest } from '../../base/extremes.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { visible } from '../../base/visible.ts';
import type { RunRecord } from '../../run/record.ts';
import { type Cell, lostBy } from '../cell.ts';
import { nodeCount, stepCount } from '../counts.ts';
import { failureLabel, failureTexts } from '../failures.ts';
import { padded, widthOf, wrapped } from '../page.ts';
import { runOutcomeText } from '../run-words.ts';
import { durationText, type Status, statusText } from '../status.ts';
import { headline } from '../tally.ts';
import { adviceTexts, causeTexts, usefulCause } from '../trouble.ts';
import { commandText, runName, type Writing } from './log-head.ts';
import { recordCell, recordStep, recordSteps, recordTally } from './record-cell.ts';

/** A part of a page that opens a log: of a node, or of a step on it. */
export interface PageLink {
  readonly row: number;
  readonly first: number;
  /** The column after the last one. */
  readonly end: number;
  readonly node: string;
  readonly step?: string;
}

/** A run as a readable document. */
export interface RunPage {
  readonly text: string;
  readonly links: readonly PageLink[];
}

type Part = string | { readonly text: string; readonly node: string; readonly step?: string };

/** Widest page whose columns are named; beyond it they are numbered. */
const maxColumns = 140;
const textColumns = 100;

function signOf(status: Status): string {
  switch (status) {
    case 'done':
    case 'unchanged':
    case 'nothing-to-undo':
      return '✓';
    case 'changed':
    case 'undone':
      return '+';
    case 'needed':
      return '○';
    case 'drifted':
      return '≠';
    case 'failed':
    case 'interrupted':
      return '✗';
    case 'cancelled':
      return '-';
    case 'blocked':
      return '⊘';
    case 'running':
      return '▶';
    case 'unreachable':
      return '!';
    case 'not-started':
      return '·';
    case 'unknown':
    case 'unavailable':
    case 'unchecked':
      return '?';
    default:
      return assertNever(status);
  }
}

/** Collects the lines of a page with the places of their links. */
class Sheet {
  readonly #lines: string[] = [];
  readonly #links: PageLink[] = [];

  add(...parts: readonly Part[]): void {
    let line = '';
    for (const part of parts) {
      // Names from a journal must not end the line.
      const text = visible(typeof part === 'string' ? part : part.text);
      if (typeof part !== 'string') {
        const { text: _, ...on } = part;
        this.#links.push({
          row: this.#lines.length,
          first: line.length,
          end: line.length + text.length,
          ...on,
        });
      }
      line += text;
    }
    this.#lines.push(line.trimEnd());
  }

  page(): RunPage {
    return { text: `${this.#lines.join('\n')}\n`, links: this.#links };
  }
}

function spaces(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text)));
}

function facts(record: RunRecord, writing: Writing): readonly (readonly [Message, Message | string])[] {
  const { started, state, last } = record;
  const { run } = state;
  const headlineText = headline(recordTally(record, started.nodes), { withChanges: true });
  const outcome = runOutcomeText(run?.outcome);
  return [
    [msg('Result'), headlineText ? joined([outcome, headlineText], ': ') : outcome],
    [msg('Started'), writing.time(started.at)],
    [msg('Duration'), durationText((run?.finishedAt ?? last) - started.at)],
    [msg('Scope'), joined([nodeCount(started.nodes.length), stepCount(started.steps.length)], ', ')],
    [msg('Command'), commandText(record, {})],
    ...(started.file === undefined ? [] : [[msg('Cluster file'), started.file] as const]),
  ];
}

/** The table of nodes × steps: with words where they fit, else with signs below numbers. */
function addMatrix(sheet: Sheet, record: RunRecord, { t }: Writing): void {
  const { nodes } = record.started;
  const steps = recordSteps(record);
  const wordOf = (cell: Cell | undefined): string => (cell ? t(statusText(cell.status, cell.kind)) : '');
  const rows = nodes.map((node) => ({ node, cells: steps.map((step) => recordCell(record, node, step)) }));
  const named = steps.map(
    (step, at) => 2 + largest([widthOf(step), ...rows.map(({ cells }) => widthOf(wordOf(cells[at])))], 0),
  );
  const first = 2 + largest(nodes.map(widthOf), 0);
  // An editor's font need not draw Hangul twice as wide, so that words in it would not be aligned.
  const isNarrow = rows.every(({ cells }) =>
    cells.every((cell) => widthOf(wordOf(cell)) === wordOf(cell).length),
  );
  const areNamed = isNarrow && first + named.reduce((sum, width) => sum + width, 0) <= maxColumns;
  const widths = areNamed ? named : steps.map(() => 4);
  const shown = (cell: Cell | undefined): string => (areNamed || !cell ? wordOf(cell) : signOf(cell.status));
  sheet.add(
    ' '.repeat(first),
    ...steps.map((step, at) => padded(areNamed ? step : String(at + 1), widths[at] ?? 0)),
  );
  for (const { node, cells } of rows) {
    const parts = cells.flatMap((cell, at): readonly Part[] => {
      const [text, width, step = ''] = [shown(cell), widths[at] ?? 0, steps[at]];
      const hasLog = recordStep(record, node, step)?.logRun !== undefined;
      return [hasLog && text !== '' ? { text, node, step } : text, spaces(text, width)];
    });
    sheet.add({ text: node, node }, spaces(node, first), ...parts);
  }
  if (areNamed) return;
  sheet.add();
  for (const line of wrapped(steps.map((step, at) => `${at + 1}=${step}`).join(', '), textColumns))
    sheet.add(line);
  const signs = new Map(
    rows.flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell ? [[signOf(cell.status), wordOf(cell)] as const] : [])),
    ),
  );
  for (const line of wrapped([...signs].map((sign) => sign.join(' ')).join(', '), textColumns))
    sheet.add(line);
}

interface Failed {
  readonly title: string;
  readonly texts: readonly Message[];
  readonly nodes: string[];
  readonly step?: string;
}

/** Failures with the same cause once, with the nodes that have it. */
function failuresOf(record: RunRecord, { t }: Writing): readonly Failed[] {
  const groups = new Map<string, Failed>();
  const note = (key: string, node: string, found: Omit<Failed, 'nodes'>): void => {
    const group = groups.get(key);
    if (group) group.nodes.push(node);
    else groups.set(key, { ...found, nodes: [node] });
  };
  for (const node of record.started.nodes) {
    const status = own(record.state.nodes, node);
    const failure = status && lostBy(status);
    if (failure)
      note(JSON.stringify(['', failure.code]), node, {
        title: t(failureLabel(failure.code)),
        texts: failureTexts(failure),
      });
    for (const step of record.started.steps) {
      const found = recordStep(record, node, step);
      if (failure || (found?.outcome !== 'failed' && found?.outcome !== 'interrupted')) continue;
      const causes = causeTexts(found.trouble, found.reasons);
      const id = found.trouble?.explanation?.id ?? found.reasons;
      note(JSON.stringify([step, id]), node, {
        title: step,
        texts: [...causes, ...adviceTexts(found.trouble && usefulCause(found.trouble, step))],
        step,
      });
    }
  }
  return [...groups.values()];
}

function addFailures(sheet: Sheet, record: RunRecord, writing: Writing): void {
  const failures = failuresOf(record, writing);
  if (failures.length === 0) return;
  sheet.add();
  sheet.add(writing.t(msg('Failures')));
  for (const { title, texts, nodes, step } of failures) {
    const links = nodes.flatMap((node, at): readonly Part[] => [
      at === 0 ? '' : ', ',
      { text: node, node, ...(step === undefined ? {} : { step }) },
    ]);
    sheet.add(`✗ ${title}: `, ...links);
    for (const text of texts)
      for (const line of wrapped(writing.t(text), textColumns)) sheet.add(`    ${line}`);
  }
}

/** The title of a run's page: `demo · Nov 30, 2026, 11:16:04 PM`. */
export function runTitle({ started }: RunRecord, { time }: Writing): Message {
  return joined([started.cluster, time(started.at)], ' · ');
}

/** The page of a run: what was done when and with what result, the nodes × steps, and the failures with their causes. */
export function runPage(record: RunRecord, writing: Writing): RunPage {
  const { t } = writing;
  const sheet = new Sheet();
  sheet.add(t(runName(record.started, writing)));
  sheet.add();
  for (const [label, text] of facts(record, writing)) sheet.add(t(joined([label, text], ': ')));
  sheet.add();
  addMatrix(sheet, record, writing);
  addFailures(sheet, record, writing);
  return sheet.page();
}

import { joined, plain } from '../../base/l10n.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunRecord } from '../../run/record.ts';
import { reasonText } from '../reasons.ts';
import type { Status } from '../status.ts';
import { nodeHead, sectionMark, stepFoot, stepHead, type Writing } from './log-head.ts';
import { recordCell, recordStep, recordSteps, resultText } from './record-cell.ts';

/** A node of a run, with the texts of its step logs. */
export interface NodeLogRequest {
  readonly record: RunRecord;
  readonly node: string;
  /** The log of a step; undefined if there is none. */
  readonly logOf: (step: string) => string | undefined;
}

/** The rows of a step in a log, zero-based and inclusive; in the log of a node, the first one is its title. */
export interface LogSection {
  readonly step: string;
  readonly status: Status;
  readonly first: number;
  readonly last: number;
}

/** A log as a document. */
export interface LogPage {
  readonly text: string;
  readonly sections: readonly LogSection[];
}

/** A log that ends with a line end, so that what follows begins a line. */
function endedLine(log: string): string {
  return log === '' || log.endsWith('\n') ? log : `${log}\n`;
}

function rowsIn(text: string): number {
  let rows = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) rows += 1;
  return rows;
}

function section({ record, node, logOf }: NodeLogRequest, step: string, { t }: Writing): string {
  const head = joined([plain(step), resultText(record, node, step)], ': ');
  const found = recordStep(record, node, step);
  const reasons = changesNodes(record.started.kind) ? [] : (found?.reasons ?? []);
  const lines = [sectionMark + t(head), ...reasons.map((reason) => `   ${t(reasonText(reason))}`)];
  return `${lines.join('\n')}\n${endedLine(logOf(step) ?? '')}`;
}

/** The log of a node in a run: its connection, then every step in order with its result. */
export function nodeLog(request: NodeLogRequest, writing: Writing): LogPage {
  const { record, node } = request;
  let text = nodeHead(record, node, writing);
  let row = rowsIn(text);
  const sections: LogSection[] = [];
  for (const step of recordSteps(record)) {
    const cell = recordCell(record, node, step);
    if (!cell) continue;
    const part = section(request, step, writing);
    const rows = rowsIn(part);
    sections.push({ step, status: cell.status, first: row + 1, last: row + rows });
    text += `\n${part}`;
    row += rows + 1;
  }
  return { text, sections };
}

/** The log of a step on a node, with what it is above it and its result below it. */
export function stepLog(request: NodeLogRequest, step: string, writing: Writing): LogPage {
  const { record, node, logOf } = request;
  const on = { node, step };
  const [head, foot] = [stepHead(record, on, writing), stepFoot(record, on, writing)];
  const log = logOf(step) ?? '';
  const body = foot ? endedLine(log) : log;
  const first = rowsIn(head);
  const last = Math.max(first, first + rowsIn(body) - 1);
  return {
    text: head + body + foot,
    sections: [{ step, status: recordCell(record, node, step)?.status ?? 'unchecked', first, last }],
  };
}

/** Results that draw the eye to their part of a log. */
export const failedStatuses: ReadonlySet<Status> = new Set(['failed', 'interrupted', 'unreachable']);

/** Results whose part of the log of a node is folded. */
export const foldedStatuses: ReadonlySet<Status> = new Set([
  'changed',
  'unchanged',
  'done',
  'undone',
  'nothing-to-undo',
]);

import type { PlacedYumEvent, YumPhase, YumTool } from '../../yum/events.ts';
import { hitsAmongScriptlets, hitsOf } from '../../yum/explain/match.ts';

/** A foldable part of a log; rows are zero-based and inclusive. */
export interface Section {
  /** `log` is the output of a step in the log of a node, `step` an element of a transaction. */
  readonly kind: YumPhase | 'log' | 'run' | 'step';
  /** Its title if it is a `log` or a `step`; empty for a phase. */
  readonly name: string;
  readonly first: number;
  last: number;
  readonly children: Section[];
  /** Number of packages in the table or elements of the transaction. */
  count: number;
  /** Whether it starts with a rule line. */
  readonly isRuled: boolean;
}

/** An important line. */
export interface Mark {
  readonly row: number;
  readonly rows: number;
  readonly severity: 'error' | 'warning';
  readonly line: string;
}

/** The structure of a log for display, built event by event. */
export interface LogOutline {
  readonly sections: readonly Section[];
  readonly marks: readonly Mark[];
  /** The last row that was read. */
  readonly last: number;
}

interface OutlineReader {
  add(event: PlacedYumEvent): void;
  outline(): LogOutline;
}

function section(kind: Section['kind'], first: number, name = '', isRuled = false): Section {
  return { kind, name, first, last: first, children: [], count: 0, isRuled };
}

/** Phases that only mark the end of the previous one. */
const continued: ReadonlySet<YumPhase> = new Set(['resolve', 'download', 'transaction']);

function severityOf(event: PlacedYumEvent): Mark['severity'] | undefined {
  if (event.type === 'warning' || event.type === 'lock-wait') return 'warning';
  if (event.type === 'aborted' || event.type === 'wrapper') return 'error';
  // A line of unknown kind matters if it has a known failure.
  if (event.type === 'unparsed') return hitsOf(event.line).length > 0 ? 'warning' : undefined;
  if (event.type === 'scriptlet') return hitsAmongScriptlets(event.line).length > 0 ? 'warning' : undefined;
  if (event.type !== 'error' || event.severity === 'detail') return undefined;
  return event.severity === 'minor' ? 'warning' : 'error';
}

/** Whether packages were to be changed. */
export function hasTransaction(sections: readonly Section[]): boolean {
  return sections.some(({ kind, children }) => kind === 'transaction' || hasTransaction(children));
}

export function createOutlineReader(): OutlineReader {
  const runs: Section[] = [];
  const marks: Mark[] = [];
  let last = -1;
  let tool: YumTool | undefined;
  let phase: Section | undefined;
  let step: Section | undefined;

  function extend(row: number): void {
    last = Math.max(last, row);
    for (const open of [runs.at(-1), phase, step]) if (open) open.last = Math.max(open.last, row);
  }

  function enter(kind: YumPhase, row: number): void {
    if (kind === 'setup' || runs.length === 0) runs.push(section('run', row));
    step = undefined;
    if (phase?.kind === kind && continued.has(kind)) return;
    phase = section(kind, row, '', kind === 'table' && tool !== 'dnf5');
    runs.at(-1)?.children.push(phase);
  }

  function addStep(event: Extract<PlacedYumEvent, { type: 'step' }>): void {
    if (!phase) enter('transaction', event.row);
    if (!phase) return;
    phase.count = Math.max(phase.count, event.name === '' ? 0 : event.done);
    step = section('step', event.row, `${event.action} ${event.name}`.trim());
    phase.children.push(step);
  }

  return {
    add(event) {
      if (event.type === 'phase') enter(event.phase, event.row);
      else if (event.type === 'step') addStep(event);
      else if (event.type === 'tool') tool = event.tool;
      else if (event.type === 'package' && phase) phase.count += 1;
      else if (event.type === 'complete' || event.type === 'nothing-to-do') step = undefined;
      if (event.rows > 0) extend(event.row + event.rows - 1);
      const severity = severityOf(event);
      if (severity && 'line' in event)
        marks.push({ row: event.row, rows: Math.max(1, event.rows), severity, line: event.line });
    },
    outline: () => ({ sections: runs, marks, last }),
  };
}

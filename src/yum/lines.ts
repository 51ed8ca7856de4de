import { keyAlone, readKeyLine, readKeyUser } from './keys.ts';
import { readOpen } from './open.ts';
import { beginPackstack, beginsPackstack, readPackstack } from './packstack.ts';
import { fail } from './readers.ts';
import { readResultLine } from './results.ts';
import { columnsOf } from './rows.ts';
import type { Reader } from './rules.ts';
import { emit, emitLine, type HeldLine, type Stage, type State } from './state.ts';
import { stepOf } from './steps.ts';
import { readSummaryLine } from './summary-rows.ts';
import { joinRow, readRule, readTableLine } from './table.ts';
import { readClosed, readTransaction } from './transaction.ts';
import { readWrapper } from './wrappers.ts';

/** The header of a table is between two rules; the banner of another program is not. */
function readHeader(state: State, line: string): void {
  if (line.startsWith('==========')) readRule(state, line);
  else if (columnsOf(line).length > 3) emitLine(state, 'text', line);
  else {
    state.stage = 'open';
    readOpen(state, line);
  }
}

const stages: Readonly<Record<Stage, Reader>> = {
  open: readOpen,
  header: readHeader,
  table(state, line) {
    if (!readTableLine(state, line)) readOpen(state, line);
  },
  summary(state, line) {
    if (!readSummaryLine(state, line)) readOpen(state, line);
  },
  download: readOpen,
  transaction: readTransaction,
  results: readResultLine,
  packstack: readPackstack,
  closed: readClosed,
};

/** Stages in which an indented line is ambiguous. */
const begun: ReadonlySet<Stage> = new Set(['transaction', 'packstack']);

function join(state: State, held: HeldLine, line: string): boolean {
  return held.kind === 'key' ? readKeyUser(state, held.line, line) : joinRow(state, held.line, line);
}

/** Stops waiting for the continuation of a held line. */
export function releaseHeld(state: State): void {
  const { held } = state;
  if (!held) return;
  state.held = undefined;
  if (held.kind === 'key') keyAlone(state, held.line);
  else emit(state, { type: 'text', line: held.line });
}

/** What the shell prints of a tool that a signal ended, on the line that the tool had begun: its length. */
function killedAt(line: string): number {
  if (line.charCodeAt(line.length - 1) !== 0x64) return 0;
  const word = ['Killed', 'Terminated'].find((each) => line.endsWith(each));
  const start = line.length - (word?.length ?? line.length);
  return start > 0 && stepOf(line.slice(0, start)) ? start : 0;
}

/** Reads a clean, non-blank line, and what the shell has added to it. */
export function readLine(state: State, line: string, fresh = true): void {
  const at = killedAt(line);
  if (at === 0) readWhole(state, line, fresh);
  else {
    readWhole(state, line.slice(0, at), fresh);
    readWhole(state, line.slice(at), false);
  }
}

/** Reads a clean, non-blank line; `fresh` is false for the rest of a line whose start has been read. */
function readWhole(state: State, line: string, fresh: boolean): void {
  const { held } = state;
  if (held) {
    state.held = undefined;
    state.unaccounted += 1;
    if (join(state, held, line)) return;
    state.unaccounted -= 1;
    state.held = held;
    releaseHeld(state);
  }
  state.firstRow = state.row;
  state.unaccounted = fresh ? 1 : 0;
  state.explained = state.explaining;
  state.explaining = 'no';
  const explains =
    state.explained !== 'no' &&
    state.blanks < 2 &&
    line.startsWith(' ') &&
    !begun.has(state.stage) &&
    !stepOf(line);
  if (state.stage !== 'packstack' && beginsPackstack(line)) beginPackstack(state);
  if (state.stage !== 'packstack' && readWrapper(state, line)) return;
  if (state.describingKey && readKeyLine(state, line)) return;
  if (explains && state.stage !== 'results') fail(state, line, 'detail');
  else stages[state.stage](state, line);
  state.underRule = line.startsWith('----------');
  state.blanks = 0;
}

import type { PackageAction } from './events.ts';
import { columnsOf, endsWithArch, type Row, rowOf } from './rows.ts';
import { emit, emitLine, emitPhase, noteTool, type State } from './state.ts';
import { isSummaryRow, readSummaryRow } from './summary-rows.ts';
import { isPackageColumn, phraseOf, plain, tableHeadings } from './words.ts';

function emitPackage(state: State, action: PackageAction, row: Row): void {
  state.names.add(row.name);
  emit(state, { type: 'package', action, ...row, dependency: state.dependency });
}

/** `replacing  oldname.noarch 1.0-1.el9`, or in dnf 5 `replacing oldname  noarch 0:1.0-1.el9 baseos 2.0 KiB`. */
function readReplaced(state: State, columns: readonly string[]): boolean {
  const [, name, version] = columns;
  if (columns.length === 3 && name && version?.includes('-') && endsWithArch(name)) {
    const dot = name.lastIndexOf('.');
    const row = { name: name.slice(0, dot), arch: name.slice(dot + 1), version, repository: '', size: '' };
    emitPackage(state, 'obsolete', row);
    return true;
  }
  const row = rowOf(columns.slice(1)) ?? rowOf(columns.slice(2));
  if (row) emitPackage(state, 'replace', row);
  return row !== undefined;
}

/** A heading such as `Installing:`; a second line in parentheses belongs to it. */
function readHeading(state: State, line: string): void {
  if (!line.startsWith('(')) {
    const heading = tableHeadings.get(plain(line)) ?? headingByStart(line);
    state.action = heading?.action === 'failed' ? 'other' : (heading?.action ?? 'other');
    state.dependency = heading?.dependency ?? false;
  }
  emitLine(state, 'text', line);
}

function headingByStart(line: string) {
  if (line.startsWith('Installing for group')) return tableHeadings.get('Installing');
  return line.startsWith('Updating for group') ? tableHeadings.get('Updating') : undefined;
}

function isHeading(line: string): boolean {
  return !line.startsWith(' ') && (line.endsWith(':') || line.endsWith('：'));
}

/** Reads a table row, its continuation, or a heading; false for any other line. */
export function readTableLine(state: State, line: string): boolean {
  if (isHeading(line)) {
    if (phraseOf(line) !== undefined) return false;
    readHeading(state, line);
    return true;
  }
  if (isSummaryRow(line, state)) return readSummaryRow(state, line);
  const columns = columnsOf(line);
  const row = rowOf(columns);
  if (row) emitPackage(state, state.action, row);
  else if (!line.startsWith(' ')) return false;
  else if (readReplaced(state, columns)) return true;
  else if (state.action !== 'other' && columns.length < 5) state.held = { line, kind: 'row' };
  else emitLine(state, 'text', line);
  return true;
}

/** Joins a row that was wrapped because a column is too long; false if the line is not its continuation. */
export function joinRow(state: State, head: string, line: string): boolean {
  if (!line.startsWith(' ')) return false;
  const columns = columnsOf(`${head} ${line}`);
  const row = rowOf(columns);
  if (row) emitPackage(state, state.action, row);
  else if (columns.length < 5 && line.startsWith('    '))
    state.held = { line: columns.join(' '), kind: 'row' };
  else return false;
  return true;
}

/** The rules around the table header, or the line under `Transaction Summary`. */
export function readRule(state: State, line: string): void {
  if (state.stage === 'header') {
    state.stage = 'table';
    emitLine(state, 'text', line);
  } else if (state.stage === 'table') {
    state.stage = 'summary';
    emitLine(state, 'text', line);
  } else if (state.stage === 'summary') {
    emitLine(state, 'text', line);
  } else {
    // In text copied from a page, the header may be on the same line.
    state.stage = 'header';
    emitPhase(state, 'table');
  }
}

/** dnf 5 prints no rules: its table starts with the header. */
export function readBareHeader(state: State, line: string): boolean {
  const space = line.indexOf(' ');
  if (space < 1 || !isPackageColumn(line.slice(0, space)) || columnsOf(line).length !== 5) return false;
  noteTool(state, 'dnf5');
  state.stage = 'table';
  emitPhase(state, 'table');
  return true;
}

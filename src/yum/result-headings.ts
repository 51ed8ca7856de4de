import { columnsOf, endsWithArch } from './rows.ts';
import { emit, emitImplied, emitLine, type State } from './state.ts';
import { plain, resultHeadings } from './words.ts';

/** `name.arch E:V-R` pairs of yum 3, `N-E:V-R.A` of dnf 4; other words are not packages. */
export function namesIn(line: string): string[] {
  const names: string[] = [];
  let pending = '';
  for (const column of columnsOf(line)) {
    if (endsWithArch(column)) {
      if (pending) names.push(pending);
      pending = column;
    } else if (pending) {
      names.push(`${pending} ${column}`);
      pending = '';
    }
  }
  if (pending) names.push(pending);
  return names;
}

/** `Installed:`, or `Removed: name…` on one line as in RHEL 5; false for an unknown heading. */
export function readResultHeading(state: State, line: string): boolean {
  const colon = line.endsWith(':') || line.endsWith('：') ? line.length - 1 : line.indexOf(': ');
  const heading = colon > 0 ? resultHeadings.get(plain(line.slice(0, colon))) : undefined;
  if (!heading) return false;
  enterResults(state, heading.action);
  const names = namesIn(line.slice(colon + 1));
  if (names.length > 0) emit(state, { type: 'result', action: heading.action, names });
  else emitLine(state, 'text', line);
  return true;
}

function enterResults(state: State, action: State['result']): void {
  state.result = action;
  if (state.stage === 'results') return;
  state.stage = 'results';
  emitImplied(state, { type: 'phase', phase: 'results' });
}

/** A heading in an unknown language, at a point where only a heading can be: after the last verification. */
export function readForeignHeading(state: State, line: string): boolean {
  const { verifying, done, total } = state.steps;
  if (!verifying || done !== total || state.blanks === 0 || !/^\S.*[:：]$/.test(line)) return false;
  enterResults(state, 'other');
  emitLine(state, 'text', line);
  return true;
}

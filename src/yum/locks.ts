import { openRun } from './readers.ts';
import { emit, noteTool, type State } from './state.ts';

function waiting(state: State, line: string): void {
  emit(state, { type: 'lock-wait', ...state.lock, line });
}

/** The digits after the last `pid `, `pid: ` or `PID` heading; 0 if there are none. */
function pidIn(line: string): number {
  const found = /\bpid:? (\d+)/.exec(line);
  return found ? Number(found[1]) : 0;
}

/** A lock line with the name of the process that holds it. */
export function lockPid(state: State, line: string): void {
  openRun(state, false);
  state.lock.pid = pidIn(line) || state.lock.pid;
  waiting(state, line);
}

export function lockHolder(state: State, line: string): void {
  state.lock.holder = line.slice(line.indexOf(': ') + 2);
  waiting(state, line);
}

/** A lock line without a process name. */
export function lockFree(state: State, line: string): void {
  openRun(state, false);
  waiting(state, line);
}

/** `12006<tab>dnf5 …` in dnf 5's list of processes that hold the lock; false for any other line. */
export function readLockList(state: State, line: string): boolean {
  const tab = line.indexOf('\t');
  if (tab < 1 || tab > 10) return false;
  const pid = Number(line.slice(0, tab));
  if (!Number.isInteger(pid)) return false;
  noteTool(state, 'dnf5');
  state.lock = { pid, holder: line.slice(tab + 1).trim() };
  waiting(state, line);
  return true;
}

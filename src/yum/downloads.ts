import { openRun } from './readers.ts';
import { emit, emitImplied, emitLine, noteTool, type State } from './state.ts';

/** The text after the last bar of yum 3 and dnf 4: `| 62 kB  00:00:00`. */
const amount = /^\s*[\d.]+\s+[kMGT]?B\s+(?:\d+:)+\d\d/;
/** The text before it in dnf 4: `316 kB/s `. */
const rate = /(?<!\s)\s+(?:[\d.]+|---)\s+[kMGT]?B\/s\s*$/;
/** The last three columns of dnf 5: `100% |  14.9 MiB/s | 152.5 KiB |  00m00s`. */
const bar = /(?<!\s)\s+(?:\d+|\?+)%\s*(?:\[[^\]]{0,200}\]\s*)?\|[^|]*\|[^|]*\|\s*(?:\d+[hm]\d+[ms]|\?)\s*$/;

/** Start of the columns of dnf 5, if the line has them. */
export function barIn(line: string): RegExpExecArray | null {
  return line.includes('% ') ? bar.exec(line) : null;
}

interface Counter {
  readonly done: number;
  readonly total: number;
  readonly rest: string;
}

/** `(3/7): rest`, `(1-3/3): rest` or `[3/7] rest`. */
export function counterOf(text: string): Counter | undefined {
  const found = /^[([](?:\d+-)?(\d+)\/(\d+)[)\]]:?\s+(.*)$/.exec(text);
  return found
    ? { done: Number(found[1]), total: Number(found[2]), rest: (found[3] ?? '').trim() }
    : undefined;
}

function repository(state: State, id: string): void {
  openRun(state, false);
  emit(state, { type: 'repository', id });
}

/** A completed download of yum 3 or dnf 4; the total below the rule is plain text. */
function readTransfer(state: State, line: string): boolean {
  const last = line.lastIndexOf('|');
  if (last < 0 || !amount.test(line.slice(last + 1))) return false;
  if (state.underRule) {
    emitLine(state, 'text', line);
    return true;
  }
  const head = line.slice(0, last).trimEnd();
  const name = head.replace(rate, '');
  const counter = counterOf(name.trim());
  if (name !== head && (counter || state.stage !== 'download')) noteTool(state, 'dnf4');
  const file = counter?.rest ?? name.trim();
  if (counter && (state.stage === 'download' || !file.includes('/')))
    emit(state, { type: 'download', file, done: counter.done, total: counter.total });
  else if (counter || state.stage !== 'download') repository(state, file);
  else if (file.endsWith('.rpm')) emit(state, { type: 'download', file, done: 1, total: 1 });
  else emitLine(state, 'text', line);
  return true;
}

/** A completed download of dnf 5, before its transaction. */
function readBar(state: State, line: string): boolean {
  const found = barIn(line);
  if (!found) return false;
  noteTool(state, 'dnf5');
  const counter = counterOf(line.slice(0, found.index));
  if (!counter) {
    repository(state, line.slice(0, found.index).trim());
    return true;
  }
  if (state.underRule || !/[-/]/.test(counter.rest)) emitLine(state, 'text', line);
  else {
    if (state.stage === 'summary') {
      state.stage = 'download';
      emitImplied(state, { type: 'phase', phase: 'download' });
    }
    emit(state, { type: 'download', file: counter.rest, done: counter.done, total: counter.total });
  }
  return true;
}

/** A line of download progress; false for any other line. */
export function readDownload(state: State, line: string): boolean {
  if (!line.includes('|')) return false;
  return readBar(state, line) || readTransfer(state, line);
}

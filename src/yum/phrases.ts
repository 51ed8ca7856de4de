import type { Phrase } from './phrase-words.ts';
import { closing, failing, openRun, text } from './readers.ts';
import type { Reader } from './rules.ts';
import { emit, emitImplied, emitLine, emitPhase, freshSteps, noteTool, type State } from './state.ts';

function resolved(state: State, line: string): void {
  openRun(state, false);
  if (line === 'Dependencies Resolved') noteTool(state, 'yum3');
  else if (line.endsWith('.') || line.endsWith('。')) noteTool(state, 'dnf4');
  emitPhase(state, 'resolve');
}

function enter(state: State, phase: 'download' | 'check' | 'test', line: string): void {
  if (line === 'Downloading packages:' || line === 'Running rpm_check_debug') noteTool(state, 'yum3');
  state.stage = 'download';
  emitPhase(state, phase);
}

function passed(state: State, line: string): void {
  if (line.endsWith('.')) noteTool(state, 'dnf4');
  else if (line.startsWith('Transaction ')) noteTool(state, 'yum3');
  emitLine(state, 'text', line);
}

function complete(state: State, line: string): void {
  if (line === 'Metadata Cache Created' || line.startsWith('exiting')) noteTool(state, 'yum3');
  // Nothing was installed, which a user may not expect of a success.
  if (line.startsWith('exiting')) emitImplied(state, { type: 'warning', line });
  emit(state, { type: 'complete' });
  closing(state);
}

function loading(state: State, line: string): void {
  openRun(state, true);
  noteTool(state, 'dnf5');
  emitLine(state, 'text', line);
}

const readers: Readonly<Record<Phrase, Reader>> = {
  complete,
  nothing(state) {
    emit(state, { type: 'nothing-to-do' });
    closing(state);
  },
  aborted(state, line) {
    emit(state, { type: 'aborted', line });
    closing(state);
  },
  resolved,
  summary(state, line) {
    if (line.endsWith(':')) noteTool(state, 'dnf5');
    state.stage = 'summary';
    emitPhase(state, 'summary');
  },
  downloading: (state, line) => enter(state, 'download', line),
  check: (state, line) => enter(state, 'check', line),
  test: (state, line) => enter(state, 'test', line),
  passed,
  transaction(state) {
    state.stage = 'transaction';
    state.steps = freshSteps();
    emitPhase(state, 'transaction');
  },
  loading,
  loaded: text('dnf5'),
  unresolved: failing('fatal', { tool: 'dnf5' }),
};

/** Reads a line that consists of a known phrase. */
export function readPhrase(state: State, phrase: Phrase, line: string): void {
  readers[phrase](state, line);
}

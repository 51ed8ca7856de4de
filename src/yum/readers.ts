import type { ErrorSeverity, YumPhase, YumTool } from './events.ts';
import type { Reader } from './rules.ts';
import {
  emitError,
  emitImplied,
  emitLine,
  emitPhase,
  noteTool,
  type Stage,
  type State,
  startRun,
} from './state.ts';

/** Starts a run if none is open; `sure` lines never occur in the middle of a run, so they also end one that was cut off. */
export function openRun(state: State, sure: boolean): boolean {
  const over = state.stage === 'closed' || (sure && (state.stage !== 'open' || state.failed));
  if (state.started && !over) return false;
  if (over) startRun(state);
  emitImplied(state, { type: 'phase', phase: 'setup' });
  return true;
}

/** The tool's first line of a run. */
export function opening(tool?: YumTool, sure = false): Reader {
  return (state, line) => {
    openRun(state, sure);
    if (tool) noteTool(state, tool);
    emitLine(state, 'text', line);
  };
}

export function text(tool?: YumTool): Reader {
  return (state, line) => {
    if (tool) noteTool(state, tool);
    emitLine(state, 'text', line);
  };
}

export const warning: Reader = (state, line) => emitLine(state, 'warning', line);

/** A line that starts a phase, which determines how the next lines are read. */
export function beginning(phase: YumPhase, stage: Stage, tool?: YumTool): Reader {
  return (state) => {
    if (tool) noteTool(state, tool);
    state.stage = stage;
    emitPhase(state, phase);
  };
}

interface Failing {
  readonly tool?: YumTool;
  /** Which of the following lines belong to the explanation. */
  readonly explained?: 'paragraph' | 'run';
}

/** An error line; most are explained in the lines that follow. */
export function failing(severity: ErrorSeverity, { tool, explained = 'paragraph' }: Failing = {}): Reader {
  return (state, line) => {
    if (tool) noteTool(state, tool);
    fail(state, line, severity);
    if (severity !== 'detail') state.explaining = explained;
  };
}

export function fail(state: State, line: string, severity: ErrorSeverity): void {
  if (severity === 'fatal') {
    state.failed = true;
    if (state.stage === 'transaction') state.stage = 'open';
  }
  state.explaining = severity === 'detail' ? state.explained : 'paragraph';
  emitError(state, severity, line);
}

/** yum 3's next line, which a terminal without line ends has joined to this one. */
function withoutNext(line: string): string {
  const end = line.lastIndexOf('Trying other mirror.');
  return end > 0 ? line.slice(0, end).trimEnd() : line;
}

const failedTransfer = failing('minor');

/** What a server or the network answered. */
export const transferFailed: Reader = (state, line) => failedTransfer(state, withoutNext(line));

/** A line that explains the preceding error; without one, it is an error itself. */
export function aside(otherwise: Reader): Reader {
  return (state, line) => {
    if (state.explained === 'no') otherwise(state, line);
    else fail(state, line, 'detail');
  };
}

/** The run has its outcome; later lines belong to another run, or to none. */
export function closing(state: State): void {
  state.stage = 'closed';
}

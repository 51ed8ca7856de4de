import type { Cancellation } from '../../app/cancellation.ts';
import type { Outline } from '../../cluster/outline.ts';
import type { CancelRequest } from '../../run/cancel.ts';
import type { TimedEvent } from '../../run/events.ts';
import { createReducer, emptyRunState, type Reducer, type RunState } from '../../run/state.ts';
import type { FileChange, Scope } from '../../view/live.ts';
import { createEmitter, type Unsubscribe } from './emitter.ts';

/** Interval in which changes are collected before the views are notified, in milliseconds. */
const coalesceFor = 100;

/** The known state of every cluster's nodes, and the runs in progress; by the URI of the cluster file. */
export interface RunStore {
  get(uri: string): RunState;
  /** Set while a run is in progress. */
  scope(uri: string): Scope | undefined;
  isRunning(uri?: string): boolean;
  /** Identifies the run in progress. */
  current(uri: string): Cancellation | undefined;
  /** Reserves the cluster for a run; false if another run is in progress. */
  begin(uri: string, cancellation: Cancellation, begun?: BegunFile): boolean;
  /** The cluster file that the run in progress began with. */
  begun(uri: string): BegunFile | undefined;
  /** The clusters with a run in progress. */
  going(): readonly string[];
  /** How the file differs from the one that the run began with. */
  fileChange(uri: string): FileChange | undefined;
  setFileChange(uri: string, change: FileChange | undefined): void;
  apply(uri: string, event: TimedEvent): void;
  end(uri: string): void;
  /** Sets the state that stored runs found, unless a run is in progress. */
  restore(uri: string, state: RunState): void;
  /** Cancels the requested part of the cluster's run; false if none is in progress. */
  cancel(uri: string, request: CancelRequest): boolean;
  /** Drops the state of a cluster without a run in progress. */
  clear(uri: string): void;
  /** Called at most every 100 ms, and at the end of a run, with the URIs that changed. */
  onDidChange(listener: (uris: ReadonlySet<string>) => void): Unsubscribe;
  /** Stops all notifications; the jobs of a run continue on the nodes and can be followed by the next window. */
  dispose(): void;
}

/** A cluster file when its run began; secrets in the text are masked. */
export interface BegunFile {
  readonly outline: Outline;
  readonly text: string;
}

interface Active {
  readonly begun?: BegunFile;
  readonly fileChange?: FileChange;
  readonly cancellation: Cancellation;
  readonly scope: Scope;
}

export function createRunStore(): RunStore {
  const states = new Map<string, Reducer>();
  const active = new Map<string, Active>();
  const changed = createEmitter<ReadonlySet<string>>();
  let pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const notify = (): void => {
    timer = undefined;
    const uris = pending;
    pending = new Set();
    changed.fire(uris);
  };
  const touch = (uri: string): void => {
    pending.add(uri);
    timer ??= setTimeout(notify, coalesceFor);
  };
  return {
    get: (uri) => states.get(uri)?.state() ?? emptyRunState,
    scope: (uri) => active.get(uri)?.scope,
    isRunning: (uri) => (uri === undefined ? active.size > 0 : active.has(uri)),
    current: (uri) => active.get(uri)?.cancellation,
    begun: (uri) => active.get(uri)?.begun,
    going: () => [...active.keys()],
    fileChange: (uri) => active.get(uri)?.fileChange,
    setFileChange: (uri, change) => {
      const run = active.get(uri);
      if (!run || run.fileChange === change) return;
      const { fileChange: _, ...rest } = run;
      active.set(uri, change ? { ...rest, fileChange: change } : rest);
      touch(uri);
    },
    begin: (uri, cancellation, begun) => {
      if (active.has(uri)) return false;
      active.set(uri, { cancellation, scope: { nodes: [], steps: [] }, ...(begun ? { begun } : {}) });
      touch(uri);
      return true;
    },
    apply: (uri, event) => {
      const run = active.get(uri);
      if (run && event.type === 'run-started') {
        active.set(uri, { ...run, scope: { ...run.scope, nodes: event.nodes, steps: event.steps } });
      }
      // No view shows the lines of a log.
      if (event.type === 'log') return;
      const state = states.get(uri) ?? createReducer();
      states.set(uri, state);
      state.add(event);
      touch(uri);
    },
    end: (uri) => {
      if (!active.delete(uri)) return;
      touch(uri);
      // Do not show a finished run as in progress until the next interval.
      clearTimeout(timer);
      notify();
    },
    restore: (uri, state) => {
      if (active.has(uri)) return;
      states.set(uri, createReducer(state));
      touch(uri);
    },
    cancel: (uri, request) => {
      const run = active.get(uri);
      if (!run) return false;
      const { cancelled = [] } = run.scope;
      active.set(uri, { ...run, scope: { ...run.scope, cancelled: [...cancelled, request] } });
      run.cancellation.request(request);
      touch(uri);
      return true;
    },
    clear: (uri) => {
      if (!active.has(uri) && states.delete(uri)) touch(uri);
    },
    onDidChange: changed.on,
    dispose: () => {
      clearTimeout(timer);
    },
  };
}

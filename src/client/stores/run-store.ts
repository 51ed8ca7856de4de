import type { Cancellation } from '../../app/cancellation.ts';
import type { CancelRequest } from '../../run/cancel.ts';
import type { TimedEvent } from '../../run/events.ts';
import { emptyRunState, type RunState, reduceRun } from '../../run/state.ts';
import type { Scope } from '../../view/live.ts';
import { createEmitter, type Unsubscribe } from './emitter.ts';

/** How long changes are gathered before the views hear of them, milliseconds. */
const coalesceFor = 100;

/** What is known of every cluster's nodes, and which runs go on; by the uri of the cluster file. */
export interface RunStore {
  get(uri: string): RunState;
  /** Present while a run goes on. */
  scope(uri: string): Scope | undefined;
  isRunning(uri?: string): boolean;
  /** What tells the run in progress from any other. */
  current(uri: string): Cancellation | undefined;
  /** Takes the cluster for a run; false while another one has it. */
  begin(uri: string, cancellation: Cancellation): boolean;
  apply(uri: string, event: TimedEvent): void;
  end(uri: string): void;
  /** Cancels what the request names of the cluster's run; false where none is in progress. */
  cancel(uri: string, request: CancelRequest): boolean;
  /** Forgets what is known of a cluster on which nothing runs. */
  clear(uri: string): void;
  /** At most every 100 ms, and at the end of a run, with the uris that changed since. */
  onDidChange(listener: (uris: ReadonlySet<string>) => void): Unsubscribe;
  /** Falls silent; the jobs of a run go on on the nodes, and the next window can follow them. */
  dispose(): void;
}

interface Active {
  readonly cancellation: Cancellation;
  readonly scope: Scope;
}

export function createRunStore(): RunStore {
  const states = new Map<string, RunState>();
  const active = new Map<string, Active>();
  const changed = createEmitter<ReadonlySet<string>>();
  let pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    const uris = pending;
    pending = new Set();
    changed.fire(uris);
  };
  const touch = (uri: string): void => {
    pending.add(uri);
    timer ??= setTimeout(tell, coalesceFor);
  };
  return {
    get: (uri) => states.get(uri) ?? emptyRunState,
    scope: (uri) => active.get(uri)?.scope,
    isRunning: (uri) => (uri === undefined ? active.size > 0 : active.has(uri)),
    current: (uri) => active.get(uri)?.cancellation,
    begin: (uri, cancellation) => {
      if (active.has(uri)) return false;
      active.set(uri, { cancellation, scope: { nodes: [], steps: [] } });
      touch(uri);
      return true;
    },
    apply: (uri, event) => {
      const run = active.get(uri);
      if (run && event.type === 'run-started') {
        active.set(uri, { ...run, scope: { ...run.scope, nodes: event.nodes, steps: event.steps } });
      }
      const before = states.get(uri) ?? emptyRunState;
      const after = reduceRun(before, event);
      if (after === before) return;
      states.set(uri, after);
      touch(uri);
    },
    end: (uri) => {
      if (!active.delete(uri)) return;
      touch(uri);
      // Nobody is to see for a while longer what does not go on any more.
      clearTimeout(timer);
      tell();
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

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
  /** Takes the cluster for a run; false while another one has it. */
  begin(uri: string, controller: AbortController): boolean;
  apply(uri: string, event: TimedEvent): void;
  end(uri: string): void;
  /** Cancels the cluster's run; false where none goes on. */
  cancel(uri: string): boolean;
  /** Forgets what is known of a cluster on which nothing runs. */
  clear(uri: string): void;
  /** At most every 100 ms, and at the end of a run, with the uris that changed since. */
  onDidChange(listener: (uris: ReadonlySet<string>) => void): Unsubscribe;
  /** Falls silent; the jobs of a run go on on the nodes, and the next window can follow them. */
  dispose(): void;
}

interface Active {
  readonly controller: AbortController;
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
    begin: (uri, controller) => {
      if (active.has(uri)) return false;
      active.set(uri, { controller, scope: { nodes: [], steps: [] } });
      touch(uri);
      return true;
    },
    apply: (uri, event) => {
      const run = active.get(uri);
      if (run && event.type === 'run-started') {
        active.set(uri, { ...run, scope: { nodes: event.nodes, steps: event.steps } });
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
    cancel: (uri) => {
      const run = active.get(uri);
      run?.controller.abort();
      return run !== undefined;
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

import { type Disposable, Uri } from 'vscode';
import { asOld, onTopOf } from '../../run/old.ts';
import type { RunState } from '../../run/state.ts';
import type { EarlierRuns, HistoryRun } from '../stores/earlier-runs.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import type { RunStore } from '../stores/run-store.ts';

/** Number of newest runs of a cluster file that together give its states: a run of one step says nothing of the others. */
const maxRuns = 5;

export interface RestoreNeeds {
  readonly runs: RunStore;
  readonly earlier: EarlierRuns;
  readonly outlines: OutlineStore;
  /** Whether the file's nodes ended with the window that ran them. */
  readonly isGone: (uri: string) => boolean;
  readonly report: (cause: unknown) => void;
}

/** Shows the states that stored runs found, until a run of this window replaces them; also those of runs in other windows. */
export function restoreStates({ runs, earlier, outlines, isGone, report }: RestoreNeeds): Disposable {
  const shown = new Map<string, HistoryRun>();

  async function stateOf(stored: readonly HistoryRun[]): Promise<RunState | undefined> {
    let state: RunState | undefined;
    for (const run of stored.slice(0, maxRuns)) {
      const each = await earlier.state(run);
      if (each) state = state ? onTopOf(state, each) : each;
    }
    return state;
  }

  /** Whether this window has run something since. */
  function isOwnNewer(uri: string, newest: HistoryRun): boolean {
    const { run } = runs.get(uri);
    return runs.isRunning(uri) || (run !== undefined && !run.isOld && run.startedAt >= newest.started);
  }

  async function restore(uri: string, newest: HistoryRun, stored: readonly HistoryRun[]): Promise<void> {
    const state = await stateOf(stored);
    if (state && shown.get(uri) === newest && !isOwnNewer(uri, newest)) runs.restore(uri, asOld(state));
  }

  function look(): void {
    for (const { uri } of outlines.all()) {
      const stored = earlier.of(Uri.parse(uri).fsPath) ?? [];
      const [newest] = stored;
      if (!newest || isGone(uri) || shown.get(uri) === newest) continue;
      shown.set(uri, newest);
      if (!isOwnNewer(uri, newest)) restore(uri, newest, stored).catch(report);
    }
  }
  const unsubscribe = [earlier.onDidChange(look), outlines.onDidChange(look)];
  look();
  return {
    dispose: () => {
      for (const leave of unsubscribe) leave();
    },
  };
}

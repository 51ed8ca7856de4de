import { ownerOf } from '../../app/logs/run-owner.ts';
import { createJournalState, type JournalState, stateOfRun } from '../../app/logs/run-result.ts';
import { createRunIndex, laterFormat, type StoredRun } from '../../app/logs/stored-runs.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { withoutProgress } from '../../run/old.ts';
import type { RunState } from '../../run/state.ts';
import { createEmitter, type Unsubscribe } from './emitter.ts';

/** A stored run, and the process that follows it: this window, or another window or command line; absent for none. */
export interface HistoryRun extends StoredRun {
  readonly follower?: 'here' | 'elsewhere';
}

/** The stored runs of all windows and of the command line with the same state folder. */
export interface EarlierRuns {
  /** All runs, newest first; undefined until they have been read. */
  all(): readonly HistoryRun[] | undefined;
  /** The runs of a file, given by its path, newest first; undefined until they have been read. */
  of(file: string): readonly HistoryRun[] | undefined;
  find(run: string): HistoryRun | undefined;
  /** The cluster file of a stored run. */
  fileOf(run: string): string | undefined;
  /** The states of the nodes at the end of a run, or so far; undefined if they cannot be read. */
  state(run: HistoryRun): Promise<RunState | undefined>;
  /** Reads them again in the background; only what has changed is read. */
  refresh(): void;
  onDidChange(listener: () => void): Unsubscribe;
}

/** Maximum number of states in memory. */
const maxStates = 20;

/** The states of some runs; a run in progress is read on from where it was. */
function createStates() {
  const finished = new Map<string, Promise<RunState | undefined>>();
  const going = new Map<string, JournalState>();

  async function soFar(run: HistoryRun): Promise<RunState | undefined> {
    if (laterFormat(run)) return undefined;
    const journal = going.get(run.run) ?? createJournalState(run);
    going.set(run.run, journal);
    try {
      const state = await journal.update();
      return run.follower ? state : withoutProgress(state);
    } catch (cause) {
      if (isSystemError(cause) && cause.code === 'ENOENT') return undefined;
      throw cause;
    }
  }

  return {
    of: (run: HistoryRun): Promise<RunState | undefined> => {
      if (run.outcome === undefined) return soFar(run);
      going.delete(run.run);
      const known = finished.get(run.run) ?? stateOfRun(run);
      // The least recently used one goes first.
      finished.delete(run.run);
      finished.set(run.run, known);
      for (const oldest of [...finished.keys()].slice(0, -maxStates)) finished.delete(oldest);
      return known;
    },
  };
}

async function withFollower(run: StoredRun): Promise<HistoryRun> {
  if (run.outcome !== undefined) return run;
  const owner = await ownerOf(run.folder);
  if (owner === undefined) return run;
  return { ...run, follower: owner === process.pid ? 'here' : 'elsewhere' };
}

/** Whether there is nothing new to show; a run of this window reports its progress itself. */
function isSame(a: HistoryRun | undefined, b: HistoryRun): boolean {
  if (a?.run !== b.run || a.outcome !== b.outcome || a.follower !== b.follower) return false;
  return a.last === b.last || b.follower === 'here';
}

/** Reads only the first and the last lines of the journals. */
export function createEarlierRuns(stateFolder: string, report: (cause: unknown) => void): EarlierRuns {
  const changed = createEmitter<void>();
  const index = createRunIndex(stateFolder);
  const states = createStates();
  let all: readonly HistoryRun[] | undefined;
  let byFile: ReadonlyMap<string, readonly HistoryRun[]> = new Map();
  let byName: ReadonlyMap<string, HistoryRun> = new Map();
  let isReading = false;
  let isStale = false;

  function keep(runs: readonly HistoryRun[]): void {
    const before = all;
    if (before?.length === runs.length && runs.every((run, at) => isSame(before[at], run))) return;
    all = runs;
    byName = new Map(runs.map((run) => [run.run, run]));
    const grouped = new Map<string, HistoryRun[]>();
    for (const run of runs)
      if (run.file !== undefined) grouped.set(run.file, [...(grouped.get(run.file) ?? []), run]);
    byFile = grouped;
    changed.fire();
  }

  async function read(): Promise<void> {
    do {
      isStale = false;
      keep(await Promise.all((await index.list()).map(withFollower)));
    } while (isStale);
  }
  return {
    all: () => all,
    of: (file) => all && (byFile.get(file) ?? []),
    find: (run) => byName.get(run),
    fileOf: (run) => byName.get(run)?.file,
    state: states.of,
    refresh: () => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      read()
        .catch(report)
        .finally(() => {
          isReading = false;
        });
    },
    onDidChange: changed.on,
  };
}

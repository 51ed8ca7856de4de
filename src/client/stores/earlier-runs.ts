import { type StoredRun, storedRuns } from '../../app/logs/stored-runs.ts';
import { createEmitter, type Unsubscribe } from './emitter.ts';

/** The stored runs, including those of earlier windows; by the path of the cluster file. */
export interface EarlierRuns {
  /** The runs of a file, newest first; undefined until they have been read. */
  of(file: string): readonly StoredRun[] | undefined;
  /** The cluster file of a stored run. */
  fileOf(run: string): string | undefined;
  /** Reads them again in the background. */
  refresh(): void;
  onDidChange(listener: () => void): Unsubscribe;
}

/** Reads only the first and the last lines of the journals. */
export function createEarlierRuns(stateFolder: string, report: (cause: unknown) => void): EarlierRuns {
  const changed = createEmitter<void>();
  let byFile: ReadonlyMap<string, readonly StoredRun[]> | undefined;
  let files: ReadonlyMap<string, string> = new Map();
  let isReading = false;
  let isStale = false;
  async function read(): Promise<void> {
    do {
      isStale = false;
      const runs = await storedRuns(stateFolder);
      const grouped = new Map<string, StoredRun[]>();
      for (const run of runs) {
        if (run.file === undefined) continue;
        const known = grouped.get(run.file);
        if (known) known.push(run);
        else grouped.set(run.file, [run]);
      }
      byFile = grouped;
      files = new Map(runs.flatMap(({ run, file }) => (file === undefined ? [] : [[run, file]])));
      changed.fire();
    } while (isStale);
  }
  return {
    of: (file) => byFile && (byFile.get(file) ?? []),
    fileOf: (run) => files.get(run),
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

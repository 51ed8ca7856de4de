import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formats } from '../../base/format.ts';
import { type Message, type MessageArg, msg } from '../../base/l10n.ts';
import type { RunKind, RunOutcome } from '../../base/states.ts';
import { journalEnds } from './journal-file.ts';
import { journalPath, nameOfFile, runFolder, runsFolder } from './paths.ts';
import { isSystemError } from './system-error.ts';

/** A run whose journal is stored in the state folder. */
export interface StoredRun {
  readonly run: string;
  readonly folder: string;
  /** Format of the journal; one later than `formats.journal` is listed but not read, see `laterFormat`. */
  readonly format: number;
  readonly kind: RunKind;
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  /** The cluster file, as named by the front end. */
  readonly file?: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** Time of the last event. */
  readonly last: number;
  /** Absent if it is still running or was killed. */
  readonly outcome?: RunOutcome;
}

/** The message if a later version wrote the run. */
export function laterFormat({ run, format }: Pick<StoredRun, 'run' | 'format'>): Message | undefined {
  if (format <= formats.journal) return undefined;
  return msg(
    'Run {0} was written by a later version of Stackprep (format {1}; this version reads up to {2}). Use that version.',
    run,
    format,
    formats.journal,
  );
}

async function storedRun(folder: string): Promise<StoredRun | undefined> {
  const { format, first, last } = await journalEnds(journalPath(folder));
  if (first?.type !== 'run-started') return undefined;
  const { kind, cluster, nodes, steps, file, at } = first;
  return {
    // The folder name identifies the run, whatever the journal says.
    run: basename(folder),
    folder,
    format,
    kind,
    cluster,
    nodes,
    steps,
    ...(file === undefined ? {} : { file }),
    started: at,
    last: last?.at ?? at,
    ...(last?.type === 'run-finished' ? { outcome: last.outcome } : {}),
  };
}

/** What was read of a journal when it had this size and time. */
interface Known {
  readonly size: number;
  readonly changed: number;
  readonly run: StoredRun | undefined;
}

/** The stored runs of a state folder; a journal that has not changed is not read again. */
export interface RunIndex {
  /** All stored runs, the newest first. */
  list(): Promise<readonly StoredRun[]>;
}

/** Called for each stored run whose journal cannot be read; it is not listed. */
export type OnUnreadable = (run: string, cause: MessageArg) => void;

/** How many journals are read at once. */
const atOnce = 32;

export function createRunIndex(stateFolder: string, onUnreadable?: OnUnreadable): RunIndex {
  const folder = runsFolder(stateFolder);
  let known: ReadonlyMap<string, Known> = new Map();

  async function look(name: string): Promise<Known | undefined> {
    const path = join(folder, name);
    try {
      const about = await stat(journalPath(path));
      if (!about.isFile()) return unreadable(name, msg('it is not a file'));
      const { size, mtimeMs: changed } = about;
      const before = known.get(name);
      if (before?.size === size && before.changed === changed) return before;
      return { size, changed, run: await storedRun(path) };
    } catch (cause) {
      if (!isSystemError(cause)) throw cause;
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
      return unreadable(name, cause.code ?? cause.message);
    }
  }

  function unreadable(name: string, cause: MessageArg): undefined {
    onUnreadable?.(name, cause);
  }

  async function namesOf(): Promise<readonly string[]> {
    try {
      return (await readdir(folder)).sort().reverse();
    } catch (cause) {
      if (isSystemError(cause) && cause.code === 'ENOENT') return [];
      throw cause;
    }
  }

  return {
    list: async () => {
      const names = await namesOf();
      const found = new Map<string, Known>();
      for (let at = 0; at < names.length; at += atOnce) {
        const some = names.slice(at, at + atOnce);
        const looked = await Promise.all(some.map(look));
        some.forEach((name, index) => {
          const each = looked[index];
          if (each) found.set(name, each);
        });
      }
      known = found;
      return [...found.values()].flatMap(({ run }) => run ?? []);
    },
  };
}

/** All stored runs, the newest first. */
export function storedRuns(stateFolder: string, onUnreadable?: OnUnreadable): Promise<readonly StoredRun[]> {
  return createRunIndex(stateFolder, onUnreadable).list();
}

/** Identifies a stored log. */
export interface StoredLog {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** The step logs of a run; empty if the run is no longer stored. */
export async function storedLogs(stateFolder: string, run: string): Promise<readonly StoredLog[]> {
  const folder = runFolder(stateFolder, run);
  const logs: StoredLog[] = [];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const { name: node } of entries.filter((entry) => entry.isDirectory()))
      for (const entry of await readdir(join(folder, node), { withFileTypes: true })) {
        // A link leads elsewhere, and a pipe never ends.
        const step = entry.isFile() ? /^(.+)\.log$/.exec(entry.name)?.[1] : undefined;
        if (step !== undefined) logs.push({ run, node: nameOfFile(node), step: nameOfFile(step) });
      }
    return logs;
  } catch (cause) {
    if (isSystemError(cause) && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

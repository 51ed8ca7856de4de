import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formats } from '../../base/format.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { RunKind, RunOutcome } from '../../base/states.ts';
import { journalEnds } from './journal-file.ts';
import { journalPath, runFolder, runsFolder } from './places.ts';
import { isSystemFault } from './system-fault.ts';

/** A run whose journal is kept below the state folder. */
export interface KeptRun {
  readonly run: string;
  readonly folder: string;
  /** Of its journal; one that is later than `formats.journal` is listed, and not read: see `laterFormat`. */
  readonly format: number;
  readonly kind: RunKind;
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  /** The cluster file, as the front end named it. */
  readonly file?: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** When something was last written. */
  readonly last: number;
  /** Absent while it goes on, and where it was killed. */
  readonly outcome?: RunOutcome;
}

/** Why a run cannot be read by this version, where a later one wrote it. */
export function laterFormat({ run, format }: Pick<KeptRun, 'run' | 'format'>): Message | undefined {
  if (format <= formats.journal) return undefined;
  return msg(
    'A later version of Stackprep wrote the run {0} (format {1}, and this version reads up to {2}). Use that version.',
    run,
    format,
    formats.journal,
  );
}

async function keptRun(folder: string): Promise<KeptRun | undefined> {
  try {
    const { format, first, last } = await journalEnds(journalPath(folder));
    if (first?.type !== 'run-started') return undefined;
    const { kind, cluster, nodes, steps, file, at } = first;
    return {
      // The files of a run are found by its name, so the folder decides, not what stands in it.
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
  } catch (cause) {
    if (isSystemFault(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return undefined;
    throw cause;
  }
}

/** The runs of a state folder, the newest first. */
export async function keptRuns(stateFolder: string): Promise<readonly KeptRun[]> {
  const folder = runsFolder(stateFolder);
  try {
    const names = (await readdir(folder)).sort().reverse();
    const runs: KeptRun[] = [];
    for (const name of names) {
      const run = await keptRun(join(folder, name));
      if (run) runs.push(run);
    }
    return runs;
  } catch (cause) {
    if (isSystemFault(cause) && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** Whose log a file is. */
export interface KeptLog {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** The logs of steps that a run has; none where it is not kept any more. */
export async function keptLogs(stateFolder: string, run: string): Promise<readonly KeptLog[]> {
  const folder = runFolder(stateFolder, run);
  const logs: KeptLog[] = [];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const { name: node } of entries.filter((entry) => entry.isDirectory()))
      for (const name of await readdir(join(folder, node))) {
        const step = /^(.+)\.log$/.exec(name)?.[1];
        if (step !== undefined) logs.push({ run, node, step });
      }
    return logs;
  } catch (cause) {
    if (isSystemFault(cause) && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

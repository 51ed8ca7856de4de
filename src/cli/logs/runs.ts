import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Message, msg } from '../../core/l10n.ts';
import type { RunKind, RunOutcome } from '../../core/run/events.ts';
import { isSystemFault } from '../cluster-file.ts';
import { journalEnds } from './journal-file.ts';

/** A run whose journal is kept below the state folder. */
export interface KeptRun {
  readonly run: string;
  readonly folder: string;
  readonly kind: RunKind;
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  /** Milliseconds since 1970. */
  readonly started: number;
  /** When something was last written. */
  readonly last: number;
  /** Absent while it goes on, and where it was killed. */
  readonly outcome?: RunOutcome;
}

/** The journal of a run's folder; its place is the journal's own contract. */
export function journalPath(folder: string): string {
  return join(folder, 'journal.jsonl');
}

async function keptRun(folder: string): Promise<KeptRun | undefined> {
  try {
    const { first, last } = await journalEnds(journalPath(folder));
    if (first?.type !== 'run-started') return undefined;
    const { run, kind, cluster, nodes, steps, at } = first;
    return {
      run,
      folder,
      kind,
      cluster,
      nodes,
      steps,
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
  const folder = join(stateFolder, 'runs');
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

/** What a run is called where that is enough: the random end of its name. */
export function shortName(run: string): string {
  return run.slice(run.lastIndexOf('-') + 1);
}

export type FoundRun =
  | { readonly ok: true; readonly run: KeptRun }
  | { readonly ok: false; readonly message: Message };

/** The run that a word means: a part of one name, or `latest`. */
export function findRun(runs: readonly KeptRun[], word: string): FoundRun {
  const [latest] = runs;
  if (!latest) return { ok: false, message: msg('No runs are kept yet; stackprep run makes the first one.') };
  if (word === 'latest') return { ok: true, run: latest };
  const [found, another] = runs.filter(({ run }) => run.includes(word));
  if (!found) return { ok: false, message: msg('There is no run {0}; see stackprep logs.', word) };
  if (another)
    return {
      ok: false,
      message: msg(
        '{0} means several runs, such as {1} and {2}; write more of the name.',
        word,
        found.run,
        another.run,
      ),
    };
  return { ok: true, run: found };
}

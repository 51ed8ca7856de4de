import type { StoredRun } from '../../app/logs/stored-runs.ts';
import { type Message, msg } from '../../base/l10n.ts';

/** The short name of a run: the random suffix of its name. */
export function shortName(run: string): string {
  return run.slice(run.lastIndexOf('-') + 1);
}

export type FoundRun =
  | { readonly ok: true; readonly run: StoredRun }
  | { readonly ok: false; readonly message: Message };

/** The run with a given part of its name, or `latest`. */
export function findRun(runs: readonly StoredRun[], word: string): FoundRun {
  const [latest] = runs;
  if (!latest)
    return { ok: false, message: msg('No runs are stored yet; `stackprep run` creates the first one.') };
  if (word === 'latest') return { ok: true, run: latest };
  const [found, another] = runs.filter(({ run }) => run.includes(word));
  if (!found) return { ok: false, message: msg('There is no run {0}. See stackprep logs.', word) };
  if (another)
    return {
      ok: false,
      message: msg(
        '{0} matches several runs, such as {1} and {2}. Type more of the name.',
        word,
        found.run,
        another.run,
      ),
    };
  return { ok: true, run: found };
}

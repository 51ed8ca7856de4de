import type { LogLevel } from '../../view/log-lines.ts';
import type { Entry } from './entries.ts';

/** Which lines the channel shows. */
export type ShownLevel = 'all' | 'warnings' | 'errors';

const weights: Readonly<Record<LogLevel, number>> = { info: 0, note: 2, warning: 1, error: 2 };
const least: Readonly<Record<ShownLevel, number>> = { all: 0, warnings: 1, errors: 2 };

/** Whether an entry is shown at a level; what is told of the run itself always is. */
export function passes({ level }: Pick<Entry, 'level'>, shown: ShownLevel): boolean {
  return weights[level] >= least[shown];
}

/** What is left of a burst, and how many lines were left out. */
export interface LimitedEntries {
  readonly entries: readonly Entry[];
  readonly left: number;
}

/** Cuts a burst down to its last lines and those that matter, in their order; the whole log is on disk. */
export function limitEntries(entries: readonly Entry[], most: number): LimitedEntries {
  if (entries.length <= most) return { entries, left: 0 };
  const from = entries.length - most;
  const rest = entries.filter((entry, at) => at >= from || entry.level !== 'info');
  return { entries: rest, left: entries.length - rest.length };
}

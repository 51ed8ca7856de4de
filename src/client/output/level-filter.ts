import type { LogLevel } from '../../view/log-lines.ts';
import type { Entry } from './entries.ts';

/** The lines that the channel shows. */
export type ShownLevel = 'all' | 'warnings' | 'errors';

const weights: Readonly<Record<LogLevel, number>> = { info: 0, note: 2, warning: 1, error: 2 };
const minWeights: Readonly<Record<ShownLevel, number>> = { all: 0, warnings: 1, errors: 2 };

/** Whether an entry is shown at a level; messages about the run always are. */
export function passes({ level }: Pick<Entry, 'level'>, shown: ShownLevel): boolean {
  return weights[level] >= minWeights[shown];
}

/** The remaining lines of a burst, and the number of omitted lines. */
export interface LimitedEntries {
  readonly entries: readonly Entry[];
  readonly left: number;
}

/** Reduces a burst to its last lines and the important ones, in order; the complete log is on disk. */
export function limitEntries(entries: readonly Entry[], limit: number): LimitedEntries {
  if (entries.length <= limit) return { entries, left: 0 };
  const from = entries.length - limit;
  const rest = entries.filter((entry, at) => at >= from || entry.level !== 'info');
  return { entries: rest, left: entries.length - rest.length };
}

import type { PackageAction, YumEvent } from './events.ts';
import { stepVerbs } from './words.ts';

type Counts = Partial<Record<PackageAction, number>>;

export interface Counter {
  add(event: YumEvent): void;
  counts(): Readonly<Counts>;
}

/** Replaced packages and changes to other things are counted only by the summary. */
const uncounted: ReadonlySet<string> = new Set(['obsolete', 'replace', 'other', 'failed']);

type Names = Map<PackageAction, Set<string>>;

function addName(map: Names, action: string, name: string): void {
  if (uncounted.has(action)) return;
  const names = map.get(action as PackageAction);
  if (names) names.add(name);
  else map.set(action as PackageAction, new Set([name]));
}

function sizes(map: Names): Counts {
  return Object.fromEntries([...map].map(([action, names]) => [action, names.size]));
}

/** Counts packages: from the summary if printed, else from the table, the final lists, or the transaction elements. */
export function createCounter(): Counter {
  const rows: Counts = {};
  const table: Names = new Map();
  const results: Names = new Map();
  const steps: Names = new Map();
  /** The summary is printed before the steps and lists, which then need not be counted. */
  let isCounted = false;
  return {
    add(event) {
      switch (event.type) {
        case 'summary':
          if (event.count + event.dependent > 0) {
            rows[event.action] = event.count + event.dependent;
            isCounted = true;
          }
          break;
        case 'package':
          addName(table, event.action, `${event.name}.${event.arch} ${event.version}`);
          break;
        case 'result':
          if (!isCounted) for (const name of event.names) addName(results, event.action, name);
          break;
        case 'step': {
          const verb = isCounted ? undefined : stepVerbs.get(event.action);
          if (verb && event.name !== '') addName(steps, verb.action, event.name);
          break;
        }
        default:
          break;
      }
    },
    counts() {
      const [counted, listed] = [sizes(table), sizes(results)];
      // dnf 4 has no summary row for reinstalled packages.
      if (Object.keys(rows).length > 0)
        return counted.reinstall ? { reinstall: counted.reinstall, ...rows } : rows;
      if (table.size > 0) return counted;
      return results.size > 0 ? listed : sizes(steps);
    },
  };
}

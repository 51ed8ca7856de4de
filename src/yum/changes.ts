import type { PackageAction, YumEvent } from './events.ts';
import { endsWithArch } from './rows.ts';
import type { YumSummary } from './summarize.ts';
import { stepVerbs } from './words.ts';

/** The change of a package. */
export interface Change {
  readonly name: string;
  readonly arch: string;
  /** `V-R`, with the epoch unless it is 0. */
  readonly version: string;
  readonly action: PackageAction;
}

/** Changes by package and architecture. */
export type Changes = ReadonlyMap<string, Change>;

/** Collects the package changes of a log, event by event. */
export interface ChangeReader {
  add(event: YumEvent): void;
  /** The changes: all planned ones if the run succeeded, otherwise those reported as done. */
  changes(summary: Pick<YumSummary, 'outcome'>): Changes;
}

const counted: ReadonlySet<string> = new Set(['install', 'upgrade', 'downgrade', 'reinstall', 'remove']);

function withoutZero(version: string): string {
  return version.startsWith('0:') ? version.slice(2) : version;
}

/** `name-1:2.0-3.el9.noarch`, `1:name-2.0-3.el7.noarch` or `name.noarch 1:2.0-3.el7`; undefined for any other text. */
function packageOf(text: string): Omit<Change, 'action'> | undefined {
  const [full = '', separate] = text.split(' ');
  if (!endsWithArch(full)) return undefined;
  const dot = full.lastIndexOf('.');
  const [head, arch] = [full.slice(0, dot), full.slice(dot + 1)];
  if (separate !== undefined) return { name: head, arch, version: withoutZero(separate) };
  const release = head.lastIndexOf('-');
  const version = release > 0 ? head.lastIndexOf('-', release - 1) : -1;
  if (version < 1) return undefined;
  const colon = head.indexOf(':');
  const isLed = colon > 0 && colon < version;
  const name = head.slice(isLed ? colon + 1 : 0, version);
  const epoch = isLed ? head.slice(0, colon + 1) : '';
  return { name, arch, version: withoutZero(epoch + head.slice(version + 1)) };
}

export function createChangeReader(): ChangeReader {
  const planned = new Map<string, Change>();
  const listed = new Map<string, Change>();
  const stepped = new Map<string, Change>();
  function note(map: Map<string, Change>, found: Omit<Change, 'action'> | undefined, action: string): void {
    if (!found || !counted.has(action)) return;
    map.set(`${found.name}.${found.arch}`, { ...found, action: action as PackageAction });
  }
  return {
    add(event) {
      if (event.type === 'package') {
        const { name, arch, version, action } = event;
        note(planned, { name, arch, version: withoutZero(version) }, action);
      } else if (event.type === 'result') {
        for (const name of event.names) note(listed, packageOf(name), event.action);
      } else if (event.type === 'step') {
        note(stepped, packageOf(event.name), stepVerbs.get(event.action)?.action ?? '');
      }
    },
    changes({ outcome }) {
      const order = outcome === 'success' ? [planned, listed, stepped] : [listed, stepped];
      return order.find((map) => map.size > 0) ?? new Map();
    },
  };
}

/** A package that differs between two logs. */
export interface Difference {
  readonly package: string;
  readonly left?: Change;
  readonly right?: Change;
}

export interface Comparison {
  readonly same: number;
  /** By package name. */
  readonly differences: readonly Difference[];
}

/** The packages and versions that differ between two logs. */
export function compareChanges(left: Changes, right: Changes): Comparison {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  const differences = names.flatMap((name): readonly Difference[] => {
    const [one, other] = [left.get(name), right.get(name)];
    if (one && other && one.version === other.version && one.action === other.action) return [];
    return [{ package: name, ...(one ? { left: one } : {}), ...(other ? { right: other } : {}) }];
  });
  return { same: names.length - differences.length, differences };
}

/** Changes as text for a diff: package, version, action. */
export function changesText(changes: Changes): string {
  return [...changes]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { version, action }]) => `${name} ${version} ${action}\n`)
    .join('');
}

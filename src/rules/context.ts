import type { El } from '../base/facts.ts';
import type { Problem, Span } from '../base/problem.ts';
import { systemsOfNodes } from '../cluster/for-node.ts';
import type { Cluster } from '../cluster/model.ts';
import type { FileShape } from '../cluster/schema.ts';
import type { OperatingSystem } from '../data/operating-systems.ts';
import { findRelease, type Release } from '../data/releases.ts';
import type { Path, Place } from '../schema/places.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { type SystemPlace, systemPlaces, type WrittenSystem, writtenSystems } from './systems.ts';

/** A file as seen by the rules. */
export interface RuleContext {
  readonly file: FileShape;
  readonly cluster: Cluster;
  readonly reading: Reading;
  readonly release?: Release;
  /** The operating system of all nodes; undefined if the file does not say, or if they differ. */
  readonly os?: OperatingSystem;
  /** The systems that the file gives its nodes, where they are written. */
  readonly systems: readonly WrittenSystem[];
  /** The maps with settings of the operating system: of the file, of groups, of nodes. */
  readonly systemPlaces: readonly SystemPlace[];
  /** Possible generations of the nodes: that of the given system, else those that the release was built for; empty if unknown. */
  readonly generations: readonly El[];
  readonly isPackstack: boolean;
  /** The day of the check, year-month-day. */
  readonly today: string;
  /** Where the file has a path: a setting may be that of a group or a node. */
  readonly located: (path: Path) => Path;
  /** The position of a path. */
  readonly at: (...path: Path) => Place | undefined;
  /** Whether everything below a path was read, so that a missing value is really missing. */
  readonly isWhole: (...path: Path) => boolean;
}

/** A file that decodes, and the day on which it is checked. */
export interface Checked {
  readonly file: FileShape;
  readonly cluster: Cluster;
  readonly reading: Reading;
  readonly today: string;
}

/** The context of a file that decodes; the problems so far show which parts could not be read. */
export function ruleContextOf({ file, cluster, reading, today }: Checked): RuleContext {
  const errorStarts = starts(reading.problems.filter(({ severity }) => severity === 'error'));
  const release =
    cluster.openstack.release === undefined ? undefined : findRelease(cluster.openstack.release);
  const used = [...systemsOfNodes(cluster)];
  const os = used.length === 1 ? used[0] : undefined;
  const built = cluster.repositories.rdo === 'enabled' ? (release?.el ?? []) : [];
  const generations = [...new Set(used.flatMap((each) => each?.el ?? built))];
  const at = (...path: Path): Place | undefined => reading.places.get(pathKey(...path));
  return {
    file,
    cluster,
    reading,
    ...(release ? { release } : {}),
    ...(os ? { os } : {}),
    systems: writtenSystems(file, cluster, at),
    systemPlaces: systemPlaces(file, cluster, generations),
    generations,
    today,
    isPackstack: cluster.openstack.installer === 'packstack',
    located: (path) => path,
    at,
    isWhole: (...path) => {
      const place = at(...path);
      if (!place) return true;
      return !hasOne(errorStarts, place.key) && !hasOne(errorStarts, place.value);
    },
  };
}

/** Start offsets of the problems, sorted. */
function starts(problems: readonly Problem[]): readonly number[] {
  return problems.map(({ span }) => span.start).sort((a, b) => a - b);
}

/** Whether one of the sorted offsets is in a span or at its end. */
function hasOne(offsets: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (offsets[low] ?? Number.POSITIVE_INFINITY) <= end;
}

/** Whether the nodes certainly are of one of these generations. */
export function isSurely(context: Pick<RuleContext, 'generations'>, ...generations: readonly El[]): boolean {
  return context.generations.length > 0 && context.generations.every((el) => generations.includes(el));
}

/** Caches a value per context, for all rules that need it. */
export function perContext<T>(make: (context: RuleContext) => T): (context: RuleContext) => T {
  const made = new WeakMap<RuleContext, { readonly value: T }>();
  return (context) => {
    const before = made.get(context);
    if (before) return before.value;
    const value = make(context);
    made.set(context, { value });
    return value;
  };
}

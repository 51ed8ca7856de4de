import type { El, NodeFacts } from '../base/facts.ts';
import type { Span } from '../base/problem.ts';
import { systemsOfNodes } from '../cluster/for-node.ts';
import type { Cluster } from '../cluster/model.ts';
import { nodeFinder, onePerKey } from '../cluster/node-groups.ts';
import type { FileShape } from '../cluster/schema.ts';
import { findSystem, type OperatingSystem, operatingSystems } from '../data/operating-systems.ts';
import type { Path, Place } from '../schema/places.ts';

type Settings = NonNullable<NonNullable<FileShape['groups']>[string]['system']>;

/** A system of some nodes, with the place that says so. */
export interface WrittenSystem {
  readonly os: OperatingSystem;
  readonly span: Span;
}

/** A map with settings of the operating system. */
export interface SystemPlace {
  readonly path: Path;
  readonly settings: Settings;
  /** Possible generations of the nodes that it is for; empty if unknown. */
  readonly generations: readonly El[];
}

/** The nodes with settings of the operating system under their own key. */
const withSystem = nodeFinder(
  () =>
    (_, { os, system }) =>
      os !== undefined || system !== undefined,
);

/** The places of the file that give nodes a system, each system once per section. */
export function writtenSystems(
  file: FileShape,
  cluster: Cluster,
  at: (...path: Path) => Place | undefined,
): readonly WrittenSystem[] {
  const used = systemsOfNodes(cluster);
  const seen = new Set<string>();
  const found: WrittenSystem[] = [];
  const add = (id: string | undefined, section: string, ...path: Path): void => {
    const os = id === undefined ? undefined : findSystem(id);
    const span = os && used.has(os) ? at(...path)?.value : undefined;
    if (!os || !span || seen.has(`${section} ${os.id}`)) return;
    seen.add(`${section} ${os.id}`);
    found.push({ os, span });
  };
  add(file.system?.os, 'system', 'system', 'os');
  for (const [role, group] of Object.entries(file.groups ?? {})) add(group.os, role, 'groups', role, 'os');
  for (const { key, written } of onePerKey(withSystem(cluster.nodes)))
    add(written.os, ' nodes', 'nodes', key, 'os');
  return found;
}

/** The maps with settings of the operating system: the file's, those of groups, those of nodes. */
export function systemPlaces(
  file: FileShape,
  cluster: Cluster,
  possible: readonly El[],
): readonly SystemPlace[] {
  const elOf = (ids: readonly (string | undefined)[]): readonly El[] => {
    const known = ids.map((id) => (id === undefined ? undefined : findSystem(id)?.el));
    return known.length === 0 || known.includes(undefined)
      ? possible
      : [...new Set(known.flatMap((el) => el ?? []))];
  };
  const places: SystemPlace[] = [];
  if (file.system) places.push({ path: ['system'], settings: file.system, generations: possible });
  for (const [role, { system }] of Object.entries(file.groups ?? {})) {
    const of = cluster.nodes.filter(({ roles }) => roles.includes(role));
    const generations = elOf(of.map(({ own }) => own?.system?.os ?? cluster.system.os));
    if (system) places.push({ path: ['groups', role, 'system'], settings: system, generations });
  }
  for (const { key, written, own } of onePerKey(withSystem(cluster.nodes))) {
    const { system } = written;
    const generations = elOf([own?.system?.os ?? cluster.system.os]);
    if (system) places.push({ path: ['nodes', key, 'system'], settings: system, generations });
  }
  return places;
}

/** The operating system of a node, if a cluster file can name it. */
export function systemOfFacts({ osId, osName, el }: NodeFacts): OperatingSystem | undefined {
  const alike = operatingSystems.filter((os) => os.family === osId && os.el === el);
  return (
    alike.find((os) => /stream/i.test(os.name) === /stream/i.test(osName)) ??
    (alike.length === 1 ? alike[0] : undefined)
  );
}

import type { El } from '../../base/facts.ts';
import type { Cluster } from '../../cluster/model.ts';
import { nodesOn } from '../../cluster/on.ts';
import { type PackageNames, packageRows } from '../../data/packages.ts';

/** The nodes of a service: its `on`, by default the controllers. */
export function serviceNodes(service: keyof Cluster['services']): (cluster: Cluster) => readonly string[] {
  return (cluster) => nodesOn(cluster.nodes, cluster.services[service]?.on ?? 'controller');
}

/** Whether the file has the service, and not outside of the cluster. */
export function runsInside(service: 'mariadb' | 'rabbitmq' | 'memcached'): (cluster: Cluster) => boolean {
  return ({ services }) => services[service] !== undefined && !services[service].external;
}

/** The package names of entries of the package table. */
export function packagesOf(...things: readonly string[]): readonly PackageNames[] {
  return things.map((thing) => {
    const row = packageRows.find((each) => each.thing === thing);
    if (!row) throw new Error(`The table of packages has no ${thing}`);
    return row.names;
  });
}

const generations: readonly El[] = [7, 8, 9, 10];

/** A line per EL version that has all of the packages: `7 memcached python-memcached`, as `sp_pick_packages` reads it. */
export function packageLines(packages: readonly PackageNames[]): string {
  const lines = generations.flatMap((el) => {
    const names = packages.flatMap((each) => each[el] ?? []);
    return names.length === packages.length ? [[el, ...names].join(' ')] : [];
  });
  return lines.join('\n');
}

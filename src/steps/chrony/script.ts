import { isIpv4, isIpv6 } from '../../cluster/address.ts';
import { reachedAt } from '../../cluster/aliases.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines, serviceNodes } from '../common/services.ts';
import { chronySh } from './chrony.sh.ts';
import { chronyPackages } from './info.ts';
import { isRangeName, refusedValue } from './values.ts';

const serversOf = serviceNodes('chrony');

/** The time servers of a node, and the nodes that it serves. */
interface TimeSources {
  readonly servers: readonly string[];
  readonly allow: readonly string[];
}

/** The cluster's time servers use those of the cluster file; all other nodes use the cluster's. */
function sourcesOf(cluster: Cluster, node: ClusterNode): TimeSources {
  const names = serversOf(cluster);
  const settings = cluster.services.chrony;
  const others = cluster.nodes.filter(({ name }) => !names.includes(name));
  if (names.length === 0 || names.includes(node.name)) {
    const ranges = settings?.allow === undefined ? cluster.networks.management?.cidrs : [settings.allow];
    const allow = ranges ?? others.map(reachedAt);
    return {
      servers: settings?.servers ?? [],
      allow: others.length === 0 || names.length === 0 ? [] : allow,
    };
  }
  const servers = cluster.nodes.filter(({ name }) => names.includes(name));
  return { servers: servers.map(reachedAt), allow: [] };
}

export const script = scriptFrom(
  chronySh,
  ({ cluster, node }) => {
    const { servers, allow } = sourcesOf(cluster, node);
    const lines = [
      ...servers.map((server) => `server ${server} iburst\n`),
      ...allow.map((range) => `allow ${range}\n`),
    ];
    return {
      chrony_packages: packageLines(chronyPackages),
      chrony_servers: servers.join(', '),
      chrony_addresses: servers.filter((server) => isIpv4(server) || isIpv6(server)).join(' '),
      chrony_node: node.address ?? '',
      chrony_lines: lines.join(''),
      chrony_refused: refusedValue(servers, allow) ?? '',
      chrony_names: allow.filter(isRangeName).join(' '),
    };
  },
  [serviceSh],
);

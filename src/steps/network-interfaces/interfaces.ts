import { own } from '../../base/own.ts';
import { isNode } from '../../cluster/aliases.ts';
import { parseCidr } from '../../cluster/cidr.ts';
import { isIn, isRich, type Link, linksOf } from '../../cluster/links.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { cidrOf, isProvider } from '../../cluster/networks.ts';
import { answerValues, neededInterfaces } from '../../packstack/hosts.ts';

/** The node's interfaces in the cluster file; device and prefix are empty if there is none. */
export interface Interfaces {
  readonly management: string;
  readonly prefix: number | '';
  readonly provider: string;
  /** Interfaces of other networks, which must exist. */
  readonly others: readonly string[];
  /** Links whose files are written as a whole, what is below first. */
  readonly links: readonly Link[];
}

/** Whether the node needs a provider interface: with Packstack, only hosts whose bridges it joins. */
function hasProvider(cluster: Cluster, node: ClusterNode, device: string | undefined): boolean {
  if (cluster.openstack.installer !== 'packstack') return true;
  return neededInterfaces(answerValues(cluster)).some(
    (each) => each.device === device && isNode(node, each.host, cluster.nodes),
  );
}

/** The interfaces of a node in the cluster file, with the cluster as the node has it. */
export function interfacesOf(cluster: Cluster, node: ClusterNode): Interfaces {
  const { address = '' } = node;
  const { networks, bonds } = cluster;
  const isHere = (name: string): boolean => {
    const network = own(networks, name);
    if (network === undefined) return false;
    return isProvider(name, network)
      ? hasProvider(cluster, node, network.interface)
      : isIn(cluster, node, name);
  };
  const rich = new Set(
    Object.entries(networks).flatMap(([name, network]) =>
      isHere(name) && isRich(name, network, bonds, node) ? [name] : [],
    ),
  );
  const { management, provider, ...rest } = networks;
  const range = parseCidr((management && cidrOf(management, address)) ?? '');
  const device = management?.interface;
  const isIpv4 = range?.family === 4 && /^\d+(\.\d+){3}$/.test(address);
  const fits = device !== undefined && isIpv4 && !rich.has('management');
  const others = Object.entries(rest).flatMap(([name, network]) =>
    rich.has(name) || !isHere(name) ? [] : (network.interface ?? []),
  );
  return {
    management: fits ? device : '',
    prefix: fits ? range.prefix : '',
    provider: isHere('provider') && !rich.has('provider') ? (provider?.interface ?? '') : '',
    others:
      device !== undefined && !management?.cidrs && !rich.has('management') ? [device, ...others] : others,
    links: linksOf(cluster, node, (name) => rich.has(name)),
  };
}

/** What the interfaces of a node end up with. */
export function wantedInterfaces(
  cluster: Cluster,
  node: ClusterNode,
): Readonly<Record<string, 'address' | 'up'>> {
  const { management, provider, links } = interfacesOf(cluster, node);
  const more = links.map(({ at, addresses }) => {
    const name = 'name' in at ? at.name : 'mac' in at ? at.mac : at.driver;
    return [name, addresses.length > 0 ? ('address' as const) : ('up' as const)] as const;
  });
  return {
    ...(management === '' ? {} : { [management]: 'address' as const }),
    ...(provider === '' ? {} : { [provider]: 'up' as const }),
    ...Object.fromEntries(more),
  };
}

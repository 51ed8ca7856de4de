import { own } from '../base/own.ts';
import { addressText, addressValue, parseCidr } from './cidr.ts';
import { clusterFor } from './for-node.ts';
import type { Bond, Cluster, ClusterNode, Lower, Network, Route } from './model.ts';
import { cidrOf, isProvider } from './networks.ts';
import { distinct } from './node-groups.ts';

/** An interface of a node, and what it is configured with. */
export interface Link {
  /** Its name, or how the node finds it. */
  readonly at: Lower;
  readonly kind: 'ethernet' | 'bond' | 'vlan' | 'bridge';
  /** The bond or bridge that it belongs to. */
  readonly master?: { readonly name: string; readonly kind: 'bond' | 'bridge' };
  readonly vlan?: { readonly id: number; readonly parent: Lower };
  readonly bond?: Bond;
  /** With prefix lengths. */
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dns: readonly string[];
  readonly routes: readonly Route[];
  /** The table of its gateways and routes, with the ranges whose traffic uses it. */
  readonly policy?: { readonly table: number; readonly from: readonly string[] };
  readonly mtu?: number;
}

const plain = { addresses: [], gateways: [], dns: [], routes: [] } as const;

/** The addresses of a node in a network, with the prefix lengths of its ranges. */
export function addressesIn(node: ClusterNode, name: string, network: Network): readonly string[] {
  const written = [
    ...(name === 'management' && node.address !== undefined ? [node.address] : []),
    ...(own(node.addresses, name) ?? []),
  ];
  return [...new Set(written)].flatMap((address) => {
    const value = addressValue(address);
    const range = parseCidr(cidrOf(network, address) ?? '');
    return value && range ? [`${addressText(value)}/${range.prefix}`] : [];
  });
}

const addressed = distinct(({ node }) => Object.keys(node.addresses ?? {}));

/** Whether a node is in a network: not without an address there if other nodes have one. */
export function isIn({ nodes }: Pick<Cluster, 'nodes'>, node: ClusterNode, name: string): boolean {
  return name === 'management' || own(node.addresses, name) !== undefined || !addressed(nodes).has(name);
}

/** What the last interface of a network's chain is configured with. */
function contents(node: ClusterNode, name: string, network: Network): Omit<Link, 'at' | 'kind'> {
  const { mtu, table, dns = [], routes = [], cidrs = [] } = network;
  const addresses = isProvider(name, network) ? [] : addressesIn(node, name, network);
  const near = cidrs.filter((cidr) => {
    const range = parseCidr(cidr);
    return addresses.some((each) => parseCidr(each)?.first === range?.first);
  });
  const inside = (address: string): boolean => cidrOf({ cidrs: near }, address) !== undefined;
  return {
    addresses,
    gateways: (network.gateways ?? []).filter(inside),
    dns: addresses.length > 0 ? dns : [],
    routes: routes.filter(({ via }) => inside(via)),
    ...(table === undefined ? {} : { policy: { table, from: near } }),
    ...(mtu === undefined ? {} : { mtu }),
  };
}

const usualMtu = 1500;

function keyOf(at: Lower): string {
  return JSON.stringify(at);
}

/** The links of one network, the lowest first. */
function chain(node: ClusterNode, name: string, network: Network, bonds: Cluster['bonds']): readonly Link[] {
  const { lower, vlan, bridge, interface: device, mtu } = network;
  if (!lower) return [];
  const size = mtu === undefined ? {} : { mtu };
  // What carries a VLAN must be as large, and smaller only for itself.
  const carrier = vlan === undefined || (mtu ?? 0) > usualMtu ? size : {};
  const bond = 'name' in lower ? own(bonds, lower.name) : undefined;
  const links: Link[] = [];
  if (bond && 'name' in lower) {
    const master = { name: lower.name, kind: 'bond' } as const;
    for (const member of bond.members)
      links.push({ ...plain, ...carrier, at: { name: member }, kind: 'ethernet', master });
    links.push({ ...plain, ...carrier, at: lower, kind: 'bond', bond });
  } else links.push({ ...plain, ...carrier, at: lower, kind: 'ethernet' });
  if (vlan !== undefined) {
    const at = { name: bridge === undefined && device !== undefined ? device : vlanName(lower, vlan) };
    links.push({ ...plain, ...size, at, kind: 'vlan', vlan: { id: vlan, parent: lower } });
  }
  if (bridge !== undefined) links.push({ ...plain, ...size, at: { name: bridge }, kind: 'bridge' });
  const ports = bridge === undefined ? links : links.slice(0, -1);
  const port = bridge === undefined ? undefined : ports.at(-1);
  const top = links.at(-1);
  return links.map((link) => {
    if (link === top) return { ...link, ...contents(node, name, network) };
    return link === port && bridge !== undefined
      ? { ...link, master: { name: bridge, kind: 'bridge' as const } }
      : link;
  });
}

/** The name of a VLAN whose parent may be known to the node only. */
function vlanName(lower: Lower, vlan: number): string {
  return 'name' in lower ? `${lower.name}.${vlan}` : `vlan${vlan}`;
}

/** Two uses of one interface as one. */
function joined(a: Link, b: Link): Link {
  const mtu = Math.max(a.mtu ?? 0, b.mtu ?? 0);
  const both = <Key extends 'addresses' | 'gateways' | 'dns' | 'routes'>(key: Key): Link[Key] =>
    [...new Set([...a[key], ...b[key]])] as unknown as Link[Key];
  return {
    ...a,
    ...b,
    // The parent of a VLAN may be the bridge of another network.
    kind: b.kind === 'ethernet' ? a.kind : b.kind,
    addresses: both('addresses'),
    gateways: both('gateways'),
    dns: both('dns'),
    routes: both('routes'),
    ...(mtu > 0 ? { mtu } : {}),
  };
}

/** The links of a node for some networks of the cluster as it has them, what is below before what is above. */
export function linksOf(
  { networks, bonds }: Pick<Cluster, 'networks' | 'bonds'>,
  node: ClusterNode,
  isWanted: (name: string) => boolean,
): readonly Link[] {
  const found = new Map<string, Link>();
  for (const [name, network] of Object.entries(networks)) {
    if (!isWanted(name)) continue;
    for (const link of chain(node, name, network, bonds)) {
      const key = keyOf(link.at);
      const before = found.get(key);
      found.set(key, before ? joined(before, link) : link);
    }
  }
  return [...found.values()];
}

/** Whether a network needs more than the address of its node on an interface with a name, or an interface that is up. */
export function isRich(name: string, network: Network, bonds: Cluster['bonds'], node: ClusterNode): boolean {
  const { lower, vlan, bridge, mtu, gateways, dns, routes, table } = network;
  if ([vlan, bridge, mtu, gateways, dns, routes, table].some((each) => each !== undefined)) return true;
  if (!lower || !('name' in lower) || own(bonds, lower.name)) return lower !== undefined;
  const addresses = isProvider(name, network) ? [] : addressesIn(node, name, network);
  return addresses.some((each) => name !== 'management' || each.includes(':')) || addresses.length > 1;
}

/** The interfaces that a network of a node is built on: step `network-interfaces` makes VLANs, bonds and bridges. */
export function hardwareOf(cluster: Cluster, node: ClusterNode, name: string): readonly string[] {
  const { networks, bonds } = clusterFor(cluster, node);
  const { lower } = own(networks, name) ?? {};
  return lower && 'name' in lower ? (own(bonds, lower.name)?.members ?? [lower.name]) : [];
}

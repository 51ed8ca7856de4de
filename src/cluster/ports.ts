import { own } from '../base/own.ts';
import { findComponent } from '../data/components.ts';
import { serviceFacts } from '../data/services.ts';
import type { Cluster, ClusterNode } from './model.ts';
import { nodesOn } from './on.ts';

/** A port, or a range `first-last`, with its protocol: `8774/tcp`. */
export type Port = string;

/** Ports that a node's firewall must accept. */
export interface OpenPorts {
  /** From anywhere: the public APIs. */
  readonly everyone: readonly Port[];
  /** From the nodes of the cluster only. */
  readonly nodes: readonly Port[];
}

type Role = 'controller' | 'compute' | 'storage' | 'network';

const tunnels = ['4789/udp', '6081/udp'];

/**
 * Ports other than the API's, by the role of the node that listens, for the other nodes; sources: PORTS, the guide of Swift's storage
 * nodes (CIG), RFC 7348 and RFC 8926 for the tunnels, and `[service:mdns] listen` of Designate.
 */
const inner: Readonly<Record<string, Readonly<Partial<Record<Role, readonly Port[]>>>>> = {
  nova: { controller: ['6082/tcp'], compute: ['5900-5999/tcp'] },
  neutron: { network: tunnels, compute: tunnels },
  cinder: { storage: ['3260/tcp'] },
  swift: { storage: ['6200-6202/tcp', '873/tcp'] },
  designate: { controller: ['5354/tcp', '5354/udp'] },
};

/** Ports of controllers for clients outside of the cluster: DNS, and Octavia's amphorae, which report to the health manager (CIG). */
const outer: Readonly<Record<string, readonly Port[]>> = {
  designate: ['53/tcp', '53/udp'],
  octavia: ['5555/udp'],
};

/** The roles that a node has or takes over: without nodes for storage or the network, the controllers do both. */
function rolesOf({ nodes }: Cluster, { roles }: ClusterNode): readonly Role[] {
  const isController = roles.includes('controller');
  return (['controller', 'compute', 'storage', 'network'] as const).filter(
    (role) =>
      roles.includes(role) ||
      (isController && role !== 'compute' && !nodes.some((each) => each.roles.includes(role))),
  );
}

/** Clients use Swift's proxy; the other ports in the guide are for traffic between its servers. */
const swiftProxy = [8080];

function apiPorts(name: string): readonly number[] {
  return name === 'swift' ? swiftProxy : (findComponent(name)?.ports ?? []);
}

function servicePorts(cluster: Cluster, node: ClusterNode): readonly Port[] {
  return serviceFacts.flatMap(({ id, tcp }) => {
    const settings = cluster.services[id];
    if (!settings) return [];
    if (!nodesOn(cluster.nodes, settings.on).includes(node.name)) return [];
    return id === 'chrony' ? ['123/udp'] : tcp.map((port) => `${port}/tcp`);
  });
}

/** Ports to open for the node's roles, the cluster's components and its services, without SSH. */
export function openPorts(cluster: Cluster, node: ClusterNode): OpenPorts {
  const { components } = cluster.openstack;
  const roles = rolesOf(cluster, node);
  const everyone = roles.includes('controller')
    ? components.flatMap((name) => [
        ...apiPorts(name).map((port) => `${port}/tcp`),
        ...(own(outer, name) ?? []),
      ])
    : [];
  const between = components.flatMap((name) => roles.flatMap((role) => own(inner, name)?.[role] ?? []));
  const sorted = (ports: readonly Port[]): readonly Port[] =>
    [...new Set(ports)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return { everyone: sorted(everyone), nodes: sorted([...between, ...servicePorts(cluster, node)]) };
}

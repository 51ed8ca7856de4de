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

type Role = 'controller' | 'compute' | 'storage';

/** Ports other than the API's, by the role of the node that listens; sources: PORTS, RFC 7348 and RFC 8926 for the tunnels. */
const inner: Readonly<Record<string, Readonly<Partial<Record<Role, readonly Port[]>>>>> = {
  nova: { controller: ['6082/tcp'], compute: ['5900-5999/tcp'] },
  neutron: { controller: ['4789/udp', '6081/udp'], compute: ['4789/udp', '6081/udp'] },
  cinder: { controller: ['3260/tcp'], storage: ['3260/tcp'] },
  swift: { storage: ['6000-6002/tcp', '873/tcp'] },
};

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
  const roles = (['controller', 'compute', 'storage'] as const).filter((role) => node.roles.includes(role));
  const everyone = roles.includes('controller')
    ? components.flatMap(apiPorts).map((port) => `${port}/tcp`)
    : [];
  const between = components.flatMap((name) => roles.flatMap((role) => own(inner, name)?.[role] ?? []));
  const sorted = (ports: readonly Port[]): readonly Port[] =>
    [...new Set(ports)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return { everyone: sorted(everyone), nodes: sorted([...between, ...servicePorts(cluster, node)]) };
}

import { findSystem, type OperatingSystem } from '../data/operating-systems.ts';
import type { Cluster, ClusterNode, OwnSettings } from './model.ts';
import { distinct } from './node-groups.ts';

const made = new WeakMap<Cluster, Map<OwnSettings, Cluster>>();

/** The cluster with the settings that its groups and the node itself change for this node. */
export function clusterFor(cluster: Cluster, { own }: Pick<ClusterNode, 'own'>): Cluster {
  if (!own) return cluster;
  const known = made.get(cluster) ?? new Map<OwnSettings, Cluster>();
  made.set(cluster, known);
  const found = known.get(own) ?? {
    ...cluster,
    system: { ...cluster.system, ...own.system },
    networks: own.networks ?? cluster.networks,
    bonds: own.bonds ?? cluster.bonds,
    ...(own.kernel ? { kernel: own.kernel } : {}),
    sshd: own.sshd ?? cluster.sshd,
    repositories: own.repositories ?? cluster.repositories,
  };
  known.set(own, found);
  return found;
}

const ownSystems = distinct(({ node }) => [node.own?.system?.os]);

/** Every system of a node; `undefined` for nodes of which the file does not say. */
export function systemsOfNodes({ nodes, system }: Cluster): ReadonlySet<OperatingSystem | undefined> {
  const ids = new Set([...ownSystems(nodes)].map((id) => id ?? system.os));
  if (nodes.length === 0) ids.add(system.os);
  return new Set([...ids].map((id) => (id === undefined ? undefined : findSystem(id))));
}

import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { ownAnswers, packstackNode } from './answers.ts';
import { answerHosts, answerValues, hostList } from './hosts.ts';

/** A note on what Packstack installs where: a reason code with its values. */
export interface Placement {
  readonly code: 'packstack-role-reassigned' | 'packstack-node-unused';
  readonly args: readonly string[];
}

/** The answers that place the parts of OpenStack, by the name of the part. */
const parts: readonly (readonly [part: string, key: string])[] = [
  ['controller', 'CONFIG_CONTROLLER_HOST'],
  ['network', 'CONFIG_NETWORK_HOSTS'],
  ['compute', 'CONFIG_COMPUTE_HOSTS'],
];

function isNamed({ name, address }: ClusterNode, hosts: ReadonlySet<string>): boolean {
  return (address !== undefined && hosts.has(address)) || hosts.has(name);
}

/** What Packstack installs on each node, in the file's order: `controller`, `network`, `compute`; empty if no answer names the node. */
export function partsOfNodes(
  cluster: Cluster,
): readonly { readonly node: ClusterNode; readonly parts: readonly string[] }[] {
  const value = answerValues(cluster);
  const hosts = parts.map(([part, key]) => ({ part, names: new Set(hostList(value(key))) }));
  return cluster.nodes.map((node) => ({
    node,
    parts: hosts.flatMap(({ part, names }) => (isNamed(node, names) ? [part] : [])),
  }));
}

/**
 * Results that may surprise the user: a part whose role no node has, so that Packstack's node gets it,
 * and a node that gets nothing. Not reported: the network part on the controller (Packstack's default), and single-node clusters.
 */
export function placementOf(cluster: Cluster): readonly Placement[] {
  const { nodes } = cluster;
  const main = packstackNode(cluster);
  if (!main || nodes.length < 2) return [];
  const own = ownAnswers(cluster);
  const hosts = new Set(answerHosts(answerValues(cluster)));
  const taken = parts.filter(
    ([part, key]) => part !== 'network' && !own.has(key) && !nodes.some(({ roles }) => roles.includes(part)),
  );
  return [
    ...taken.map(([part]): Placement => ({ code: 'packstack-role-reassigned', args: [part, main.name] })),
    ...nodes
      .filter((node) => !isNamed(node, hosts))
      .map(
        ({ name, roles }): Placement => ({ code: 'packstack-node-unused', args: [name, roles.join(', ')] }),
      ),
  ];
}

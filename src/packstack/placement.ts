import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { ownAnswers, packstackNode } from './answers.ts';
import { answerHosts, answerValues, hostList } from './hosts.ts';

/** One thing to know of where Packstack puts what: a code of reasons with its values. */
export interface Placement {
  readonly code: 'packstack-role-reassigned' | 'packstack-node-unused';
  readonly args: readonly string[];
}

/** The answers that say where the parts of OpenStack are, by the word for the part. */
const parts: readonly (readonly [part: string, key: string])[] = [
  ['controller', 'CONFIG_CONTROLLER_HOST'],
  ['network', 'CONFIG_NETWORK_HOSTS'],
  ['compute', 'CONFIG_COMPUTE_HOSTS'],
];

function isNamed({ name, address }: ClusterNode, hosts: ReadonlySet<string>): boolean {
  return hosts.has(address) || hosts.has(name);
}

/** What Packstack puts on each node, in the file's order: `controller`, `network`, `compute`; none where no answer names the node. */
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
 * What a reader of the cluster file may not expect: a part whose role no node has, so that the node of Packstack takes it over,
 * and a node that gets nothing. The network part on the controller is what Packstack does by itself, and a single node has all.
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

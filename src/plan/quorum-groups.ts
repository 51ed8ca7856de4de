import type { Cluster } from '../cluster/model.ts';
import { nodesOn } from '../cluster/on.ts';
import { quorumServices } from '../steps/common/definition.ts';

/** Nodes of which one at a time may be away: the members of a service with a quorum, or the controllers. */
export interface QuorumGroup {
  readonly name: string;
  readonly nodes: readonly string[];
}

/** The groups of a cluster that have several members. */
export function quorumGroups({ nodes, services }: Cluster): readonly QuorumGroup[] {
  const groups = quorumServices.flatMap((name) => {
    const service = services[name];
    return service ? [{ name, nodes: nodesOn(nodes, service.on) }] : [];
  });
  const controllers = nodes.filter(({ roles }) => roles.includes('controller')).map(({ name }) => name);
  return [...groups, { name: 'controller', nodes: controllers }].filter((group) => group.nodes.length > 1);
}

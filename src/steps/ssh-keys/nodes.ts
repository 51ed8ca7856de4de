import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode, NodeKeys } from '../../cluster/model.ts';

/** The nodes whose keys are known, including the node itself: programs such as Packstack log in to it like to any other. */
export function nodesWithKeys(
  cluster: Cluster,
): readonly { readonly node: ClusterNode; readonly keys: NodeKeys }[] {
  if (!cluster.betweenNodes) return [];
  return cluster.nodes.flatMap((node) => {
    const keys = own(cluster.inputs?.nodeKeys, node.name);
    return keys ? [{ node, keys }] : [];
  });
}

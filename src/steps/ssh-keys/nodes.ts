import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode, NodeKeys } from '../../cluster/model.ts';

/** The nodes as far as they told their keys; the node itself too, for programs such as Packstack log in to it as to any other. */
export function nodesWithKeys(
  cluster: Cluster,
): readonly { readonly node: ClusterNode; readonly keys: NodeKeys }[] {
  if (!cluster.betweenNodes) return [];
  return cluster.nodes.flatMap((node) => {
    const keys = own(cluster.inputs?.nodeKeys, node.name);
    return keys ? [{ node, keys }] : [];
  });
}

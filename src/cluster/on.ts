import type { ClusterNode } from './model.ts';

/** The nodes that an `on` selects: those with the role, or the node with that name. */
export function nodesOn(nodes: readonly ClusterNode[], on: string): readonly string[] {
  return nodes.filter((node) => node.roles.includes(on) || node.name === on).map((node) => node.name);
}

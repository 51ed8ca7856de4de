import type { ClusterNode } from './model.ts';

/** The nodes that an `on` means: those of a role, or the one of that name. */
export function nodesOn(nodes: readonly ClusterNode[], on: string): readonly string[] {
  return nodes.filter((node) => node.roles.includes(on) || node.name === on).map((node) => node.name);
}

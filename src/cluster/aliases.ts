import type { ClusterNode } from './model.ts';

/** The first label of a host name: `ctl1` of `ctl1.example.com`. */
export function shortName(name: string): string {
  return name.split('.')[0] ?? name;
}

/**
 * The short name that a node with a fully qualified name also has; undefined for a name without a dot, if another node
 * has that short name, or if it is `localhost` or would be read as an address (digits).
 */
export function aliasOf({ name }: ClusterNode, nodes: readonly ClusterNode[]): string | undefined {
  const short = shortName(name);
  const same = nodes.filter((other) => shortName(other.name).toLowerCase() === short.toLowerCase());
  if (short === name || same.length > 1 || /^(?:localhost|\d+)$/i.test(short)) return undefined;
  return short;
}

/** All names of a node, starting with its name in the cluster file. */
export function namesOf(node: ClusterNode, nodes: readonly ClusterNode[]): readonly string[] {
  const alias = aliasOf(node, nodes);
  return alias === undefined ? [node.name] : [node.name, alias];
}

import { isSameAddress } from './cidr.ts';
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

/** How the other nodes reach a node: by its address, or else by a name. */
export function reachedAt({ address, domainName, name }: ClusterNode): string {
  return address ?? domainName ?? name;
}

/** Whether a text is an address of the node, in any of its networks. */
export function hasAddress({ address, addresses = {} }: ClusterNode, text: string): boolean {
  const isIt = (each: string): boolean => each === text || isSameAddress(each, text);
  return (address !== undefined && isIt(address)) || Object.values(addresses).some((all) => all.some(isIt));
}

/** Whether a word is a node's address or one of its names; names are compared like in glibc, ignoring case. */
export function isNode(node: ClusterNode, word: string, nodes: readonly ClusterNode[]): boolean {
  const wanted = word.toLowerCase();
  if (reachedAt(node) === word || hasAddress(node, word)) return true;
  // Counting those with the same short name takes time.
  if (shortName(node.name).toLowerCase() !== shortName(wanted)) return false;
  return namesOf(node, nodes).some((name) => name.toLowerCase() === wanted);
}

/** All names of a node, starting with its name in the cluster file. */
export function namesOf(node: ClusterNode, nodes: readonly ClusterNode[]): readonly string[] {
  const alias = aliasOf(node, nodes);
  return alias === undefined ? [node.name] : [node.name, alias];
}

import type { Problem, Span } from '../base/problem.ts';
import { moved } from '../schema/places.ts';
import type { ClusterNode } from './model.ts';
import type { FileShape } from './schema.ts';

/** A node without its place in the file. */
export type NodeSettings = Omit<ClusterNode, 'span'>;

/** What the file has under a key of `nodes`. */
export type WrittenNode = FileShape['nodes'][string];

/** A node as its chunk of the file describes it; spans are relative to the chunk. */
export interface GroupedNode {
  readonly node: NodeSettings;
  readonly span: Span;
  /** Where its address is written. */
  readonly addressSpan: Span;
  /** The key of the file that it comes from: its name, or a range. */
  readonly key: string;
  readonly written: WrittenNode;
  /** Whether it has only the usual keys. */
  readonly isPlain: boolean;
  /** Its address in the spelling by which addresses are compared. */
  readonly canonical?: string;
}

/**
 * Nodes that neighbour each other in the file. The group stays the same object as long as no edit touches its text or what
 * its nodes inherit, so that results about it can be kept; they must not contain positions.
 */
export interface NodeGroup {
  readonly nodes: readonly GroupedNode[];
  readonly problems: readonly Problem[];
}

/** A group at its place in a version of the file. */
export interface PlacedGroup {
  readonly group: NodeGroup;
  readonly start: number;
  /** Its nodes, with spans in the file. */
  readonly nodes: readonly ClusterNode[];
}

/** Copying an unknown object is slow, and an edit moves most of thousands of nodes: those with only these keys are copied by name. */
const usualKeys = ['name', 'address', 'roles', 'ssh'] as const;

/** Whether a node has only the usual keys. */
export function isUsual(node: NodeSettings): boolean {
  return Object.keys(node).length === usualKeys.length && usualKeys.every((key) => Object.hasOwn(node, key));
}

function placedNode({ node, span: { start, end }, isPlain }: GroupedNode, by: number): ClusterNode {
  const span = { start: start + by, end: end + by };
  const { name, address, roles, ssh } = node;
  return isPlain && address !== undefined ? { name, address, roles, ssh, span } : { ...node, span };
}

const lastPlaced = new WeakMap<NodeGroup, PlacedGroup>();

/** The nodes of a group at an offset; where the last version of the file had it there, they are the same objects. */
export function placed(group: NodeGroup, start: number): PlacedGroup {
  const before = lastPlaced.get(group);
  if (before?.start === start) return before;
  const nodes = group.nodes.map((each) => placedNode(each, start));
  const found = { group, nodes, start };
  lastPlaced.set(group, found);
  return found;
}

const groups = new WeakMap<readonly ClusterNode[], readonly PlacedGroup[]>();

/** Joins groups to the nodes of a cluster. */
export function joinGroups(all: readonly PlacedGroup[]): readonly ClusterNode[] {
  const nodes = all.flatMap((each) => each.nodes);
  groups.set(nodes, all);
  return nodes;
}

/** The groups of the nodes of a cluster. */
export function groupsOf(nodes: readonly ClusterNode[]): readonly PlacedGroup[] {
  const known = groups.get(nodes);
  if (known) return known;
  const none: Span = { start: 0, end: 0 };
  const grouped = nodes.map((node): GroupedNode => {
    return { node, span: node.span, addressSpan: none, key: node.name, written: {}, isPlain: false };
  });
  const all = [{ group: { nodes: grouped, problems: [] }, start: 0, nodes }];
  groups.set(nodes, all);
  return all;
}

/** A node without positions, of which results can be kept. */
export type SettledNode = Pick<GroupedNode, 'node' | 'key' | 'written'>;

/**
 * Computes a value for each group of nodes. The value is kept with the group for as long as `shared`, which is all else
 * that it depends on, is the same; so it must not contain positions.
 */
export function perGroup<T>(
  make: (nodes: readonly SettledNode[], shared: string) => T,
): (nodes: readonly ClusterNode[], shared?: string) => readonly T[] {
  const made = new WeakMap<NodeGroup, { readonly shared: string; readonly value: T }>();
  return (nodes, shared = '') =>
    groupsOf(nodes).map(({ group }) => {
      const before = made.get(group);
      if (before?.shared === shared) return before.value;
      const value = make(group.nodes, shared);
      made.set(group, { shared, value });
      return value;
    });
}

/** The different values that nodes have, each once, in their order; kept like those of `perGroup`. */
export function distinct<T>(
  valuesOf: (node: SettledNode) => readonly T[],
): (nodes: readonly ClusterNode[]) => ReadonlySet<T> {
  const ofGroups = perGroup((nodes) => [...new Set(nodes.flatMap(valuesOf))]);
  return (nodes) => new Set(ofGroups(nodes).flat());
}

/** The roles of nodes, each once. */
export const distinctRoles = distinct(({ node }) => node.roles);

/** A node that was found, with its positions in this version of the file. */
export interface FoundNode extends ClusterNode, Pick<GroupedNode, 'addressSpan' | 'key' | 'written'> {}

/**
 * Finds the nodes that a test holds for; `prepare` makes the test from what else it depends on. A node that no edit
 * touched is not tested again unless that changes.
 */
export function nodeFinder(
  prepare: (shared: string) => (node: NodeSettings, written: WrittenNode) => boolean,
): (nodes: readonly ClusterNode[], shared?: string) => readonly FoundNode[] {
  const none: readonly number[] = [];
  const indexes = perGroup((nodes, shared): readonly number[] => {
    const isFound = prepare(shared);
    const found = nodes.flatMap(({ node, written }, index) => (isFound(node, written) ? [index] : []));
    return found.length > 0 ? found : none;
  });
  return (nodes, shared) => {
    const found = indexes(nodes, shared);
    if (found.every((each) => each.length === 0)) return [];
    return groupsOf(nodes).flatMap(({ group, start, nodes: placedNodes }, at) =>
      (found[at] ?? none).flatMap((index): readonly FoundNode[] => {
        const [node, grouped] = [placedNodes[index], group.nodes[index]];
        if (!node || !grouped) return [];
        const { key, written, addressSpan } = grouped;
        return [{ ...node, key, written, addressSpan: moved(addressSpan, start) }];
      }),
    );
  };
}

/** The nodes with a role. */
export const nodesOfRole = nodeFinder(
  (role) =>
    ({ roles }) =>
      roles.includes(role),
);

/** One of the nodes of each key of the file, so that a range is reported once. */
export function onePerKey<N extends ClusterNode>(nodes: readonly N[]): readonly N[] {
  const seen = new Set<number>();
  return nodes.filter(({ span }) => {
    const isNew = !seen.has(span.start);
    seen.add(span.start);
    return isNew;
  });
}

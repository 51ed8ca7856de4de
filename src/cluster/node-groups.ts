import type { Problem, Span } from '../base/problem.ts';
import { moved } from '../schema/places.ts';
import type { ClusterNode } from './model.ts';

/** A node without its place in the file. */
export type NodeSettings = Omit<ClusterNode, 'span'>;

/** A node as its chunk of the file describes it; spans are relative to the chunk. */
export interface GroupedNode {
  readonly node: NodeSettings;
  readonly span: Span;
  /** Where its address is written. */
  readonly addressSpan: Span;
  /** The key of the file that it comes from: its name, or a range. */
  readonly key: string;
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

const lastPlaced = new WeakMap<NodeGroup, PlacedGroup>();

/** The nodes of a group at an offset; where the last version of the file had it there, they are the same objects. */
export function placed(group: NodeGroup, start: number): PlacedGroup {
  const before = lastPlaced.get(group);
  if (before?.start === start) return before;
  const nodes = group.nodes.map(({ node, span }): ClusterNode => ({ ...node, span: moved(span, start) }));
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
    return { node, span: node.span, addressSpan: none, key: node.name };
  });
  const all = [{ group: { nodes: grouped, problems: [] }, start: 0, nodes }];
  groups.set(nodes, all);
  return all;
}

import type { ClusterNode } from './model.ts';

/** What was selected from the nodes of one cluster; services and steps ask for the same words again and again. */
interface Selected {
  readonly all: readonly string[];
  readonly on: Map<string, readonly string[]>;
}

const selected = new WeakMap<readonly ClusterNode[], Selected>();

function selectedOf(nodes: readonly ClusterNode[]): Selected {
  const found = selected.get(nodes) ?? { all: nodes.map(({ name }) => name), on: new Map() };
  selected.set(nodes, found);
  return found;
}

/** The names of all nodes, in the file's order. */
export function allNames(nodes: readonly ClusterNode[]): readonly string[] {
  return selectedOf(nodes).all;
}

/** The nodes that an `on` selects: those with the role, or the node with that name. */
export function nodesOn(nodes: readonly ClusterNode[], on: string): readonly string[] {
  const { on: known } = selectedOf(nodes);
  const found =
    known.get(on) ??
    nodes.filter((node) => node.roles.includes(on) || node.name === on).map((node) => node.name);
  known.set(on, found);
  return found;
}

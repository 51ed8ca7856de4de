import type { Cluster, ClusterNode, StepItem } from '../cluster/model.ts';

/** The selected nodes and steps; absent means all. */
export interface Selection {
  readonly nodes?: readonly string[];
  readonly steps?: readonly string[];
}

function selects(wanted: readonly string[] | undefined, name: string): boolean {
  return wanted === undefined || wanted.includes(name);
}

/** The nodes of a selection. */
export function selectNodes(cluster: Cluster, selection: Selection): readonly ClusterNode[] {
  return cluster.nodes.filter((node) => selects(selection.nodes, node.name));
}

/** The steps of a selection on a node, in their order. */
export function selectSteps(cluster: Cluster, node: ClusterNode, selection: Selection): readonly StepItem[] {
  return cluster.steps.filter((item) => item.nodes.includes(node.name) && selects(selection.steps, item.id));
}

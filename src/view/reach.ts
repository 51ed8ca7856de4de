import type { Cluster } from '../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import { isRunnable } from './matrix.ts';

/** The nodes and steps that a run or an undo would change, in the file's order. */
export interface Reach {
  readonly nodes: readonly { readonly name: string; readonly host: string }[];
  readonly steps: readonly string[];
}

/** The nodes with something to run, and the steps. */
export function reachOf(cluster: Cluster, selection: Selection): Reach {
  const used = selectNodes(cluster, selection).flatMap((node) => {
    const steps = selectSteps(cluster, node, selection).filter(isRunnable);
    return steps.length > 0 ? [{ node, steps: steps.map((item) => item.id) }] : [];
  });
  const wanted = new Set(used.flatMap(({ steps }) => steps));
  return {
    nodes: used.map(({ node }) => ({ name: node.name, host: node.ssh.host })),
    steps: cluster.steps.map((item) => item.id).filter((id) => wanted.has(id)),
  };
}

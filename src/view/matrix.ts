import { own } from '../base/own.ts';
import type { Cluster, StepItem } from '../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import type { NodeStatus, RunState } from '../run/state.ts';
import { type Cell, cellOf } from './cell.ts';

/** Nodes × steps, both in the file's order; `rows[n].cells[s]` belongs to `steps[s]`, undefined if the step does not run on the node. */
export interface Matrix {
  readonly steps: readonly string[];
  readonly rows: readonly { readonly node: string; readonly cells: readonly (Cell | undefined)[] }[];
}

export interface MatrixRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly state: RunState;
}

const idle: NodeStatus = { connection: 'idle', steps: {} };

/** Whether this version has a script for the step. */
export function isRunnable(item: StepItem): boolean {
  return !item.isUnavailable;
}

/** The matrix of the selected nodes and steps with their known states. */
export function matrixOf({ cluster, selection, state }: MatrixRequest): Matrix {
  const nodes = selectNodes(cluster, selection);
  const columns = cluster.steps.filter((item) =>
    nodes.some((node) => selectSteps(cluster, node, selection).includes(item)),
  );
  const rows = nodes.map(({ name }) => {
    const status = own(state.nodes, name) ?? idle;
    const cells = columns.map((item) =>
      item.nodes.includes(name) ? cellOf(status, item.id, isRunnable(item)) : undefined,
    );
    return { node: name, cells };
  });
  return { steps: columns.map((item) => item.id), rows };
}

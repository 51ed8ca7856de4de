import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunKind, StepOutcome, StepState } from '../base/states.ts';
import type { Cluster, StepItem } from '../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import type { RunState, StepStatus } from '../run/state.ts';
import { outcomeWords } from './outcome-words.ts';

/** The contents of a cell; `none` if the step does not run on the node. */
export type Cell = StepState | StepOutcome | 'running' | 'unreachable' | 'unchecked' | 'none';

/** Nodes × steps, both in the file's order; `rows[n].cells[s]` belongs to `steps[s]`. */
export interface Matrix {
  readonly steps: readonly string[];
  readonly rows: readonly { readonly node: string; readonly cells: readonly Cell[] }[];
}

export interface MatrixRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly state: RunState;
}

/** Whether this version has a script for the step. */
export function isRunnable(item: StepItem): boolean {
  return !item.isUnavailable;
}

function cellOf(item: StepItem, status: StepStatus | undefined, whole: RunState): Cell {
  if (!isRunnable(item)) return 'unavailable';
  if (status?.phase !== undefined && status.phase !== 'queued') return 'running';
  if (changesNodes(whole.run?.kind ?? 'check') && status?.outcome !== undefined) return status.outcome;
  return status?.state ?? 'unchecked';
}

/** The matrix of the selected nodes and steps with their known states. */
export function matrixOf({ cluster, selection, state }: MatrixRequest): Matrix {
  const nodes = selectNodes(cluster, selection);
  const columns = cluster.steps.filter((item) =>
    nodes.some((node) => selectSteps(cluster, node, selection).includes(item)),
  );
  const rows = nodes.map((node) => {
    const status = own(state.nodes, node.name);
    const cells = columns.map((item): Cell => {
      if (!item.nodes.includes(node.name)) return 'none';
      const cell = cellOf(item, own(status?.steps, item.id), state);
      const lost = status?.failure !== undefined && status.failure.code !== 'cancelled';
      return cell === 'unchecked' && lost ? 'unreachable' : cell;
    });
    return { node: node.name, cells };
  });
  return { steps: columns.map((item) => item.id), rows };
}

/** The text of a cell, after a run of that kind. */
export function cellText(cell: Cell, kind: RunKind): Message {
  switch (cell) {
    case 'done':
      return msg('done');
    case 'needed':
      return msg('needed');
    case 'drifted':
      return msg('drifted');
    case 'unknown':
      return msg('unknown');
    case 'changed':
      return outcomeWords(kind).changed;
    case 'unchanged':
      return outcomeWords(kind).unchanged;
    case 'failed':
      return msg('failed');
    case 'interrupted':
      return msg('interrupted');
    case 'cancelled':
      return msg('cancelled');
    case 'skipped':
      return msg('blocked');
    case 'unavailable':
      return msg('not supported');
    case 'running':
      return msg('running');
    case 'unreachable':
      return msg('unreachable');
    case 'unchecked':
      return msg('not checked');
    case 'none':
      return msg('not on this node');
    default:
      return assertNever(cell);
  }
}

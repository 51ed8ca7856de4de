import type { Message } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunKind, RunOutcome, StepState } from '../base/states.ts';
import type { Cluster } from '../cluster/model.ts';
import { selectNodes } from '../plan/selection.ts';
import type { FailureCause } from '../run/events.ts';
import type { NodeStatus } from '../run/state.ts';
import { lostBy } from './cell.ts';
import { isRunnable, type MatrixRequest, matrixOf } from './matrix.ts';
import { reasonText } from './reasons.ts';
import { type Tally, tallyOf } from './tally.ts';
import { causeTexts, usefulCause } from './trouble.ts';

/** A step on the nodes where it has the same state for the same reasons. */
export interface OpenStep {
  readonly step: string;
  readonly state: Exclude<StepState, 'done'>;
  readonly nodes: readonly string[];
  readonly reasons: readonly Message[];
}

/** A step that failed on a node; `run` is the run whose log has the details. */
export interface FailedStep {
  readonly node: string;
  readonly step: string;
  /** The cause if known, else the script's message; empty if the connection was lost, which is reported for the node. */
  readonly reasons: readonly Message[];
  readonly trouble?: FailureCause;
  readonly run?: string;
}

/** A notice that a step reported on some nodes. */
export interface StepNotice {
  readonly step: string;
  readonly nodes: readonly string[];
  readonly text: Message;
}

/** The summary of an operation for the user. */
export interface Summary extends Tally {
  readonly kind: RunKind;
  /** Undefined while it runs. */
  readonly outcome?: RunOutcome;
  readonly milliseconds: number;
  /** Steps that a check found not done; empty after a run. */
  readonly open: readonly OpenStep[];
  readonly failed: readonly FailedStep[];
  readonly notices: readonly StepNotice[];
  /** Nodes on which the run did not start after a failed batch, by reason. */
  readonly notStarted: readonly { readonly nodes: readonly string[]; readonly reason: Message }[];
  /** Steps of the file without a script in this version. */
  readonly unavailable: readonly string[];
}

type NodeWithStatus = readonly [node: string, status: NodeStatus];

function openSteps(nodes: readonly NodeWithStatus[], steps: readonly string[]): readonly OpenStep[] {
  const groups = new Map<string, OpenStep>();
  for (const step of steps) {
    for (const [node, status] of nodes) {
      const found = own(status.steps, step);
      if (found?.state === undefined || found.state === 'done') continue;
      const key = JSON.stringify([step, found.state, found.reasons]);
      const group = groups.get(key);
      const reasons = found.reasons.map(reasonText);
      const { state } = found;
      groups.set(key, { step, state, nodes: [...(group?.nodes ?? []), node], reasons });
    }
  }
  return [...groups.values()];
}

function failedSteps([node, status]: NodeWithStatus, cluster: Cluster): readonly FailedStep[] {
  return Object.entries(status.steps).flatMap(([step, { outcome, reasons, trouble, logRun }]) => {
    if (outcome !== 'failed' && outcome !== 'interrupted') return [];
    const isLost = lostBy(status) !== undefined;
    const why = isLost ? [] : causeTexts(trouble, reasons);
    const cause = trouble && !isLost ? { trouble: usefulCause(trouble, step, cluster) } : {};
    return [{ node, step, reasons: why, ...cause, ...(logRun === undefined ? {} : { run: logRun }) }];
  });
}

function notices(nodes: readonly NodeWithStatus[]): readonly StepNotice[] {
  const groups = new Map<string, StepNotice>();
  for (const [node, { steps }] of nodes) {
    for (const [step, status] of Object.entries(steps)) {
      for (const reason of status.notices) {
        const key = JSON.stringify([step, reason]);
        groups.set(key, { step, nodes: [...(groups.get(key)?.nodes ?? []), node], text: reasonText(reason) });
      }
    }
  }
  return [...groups.values()];
}

function lostNode([node, status]: NodeWithStatus): Tally['lost'] {
  const failure = lostBy(status);
  return failure ? [{ node, failure }] : [];
}

function notStarted(nodes: readonly NodeWithStatus[]): Summary['notStarted'] {
  const groups = new Map<string, { nodes: string[]; reason: Message }>();
  for (const [node, { notStarted: reason }] of nodes) {
    if (!reason) continue;
    const group = groups.get(JSON.stringify(reason)) ?? { nodes: [], reason: reasonText(reason) };
    group.nodes.push(node);
    groups.set(JSON.stringify(reason), group);
  }
  return [...groups.values()];
}

/** Summarizes an operation over its selected nodes and steps. */
export function summaryOf(request: MatrixRequest): Summary {
  const { cluster, selection, state } = request;
  const matrix = matrixOf(request);
  const cells = matrix.rows.flatMap((row) => row.cells).filter((cell) => cell !== undefined);
  const nodes = selectNodes(cluster, selection).flatMap(({ name }): NodeWithStatus[] => {
    const status = own(state.nodes, name);
    return status ? [[name, status]] : [];
  });
  const { run } = state;
  const kind = run?.kind ?? 'check';
  return {
    kind,
    ...(run?.outcome === undefined ? {} : { outcome: run.outcome }),
    milliseconds: run?.finishedAt === undefined ? 0 : run.finishedAt - run.startedAt,
    ...tallyOf(cells, matrix.rows.length, nodes.flatMap(lostNode)),
    open: run && !changesNodes(kind) ? openSteps(nodes, matrix.steps) : [],
    failed: changesNodes(kind) ? nodes.flatMap((node) => failedSteps(node, cluster)) : [],
    notices: notices(nodes),
    notStarted: notStarted(nodes),
    unavailable: cluster.steps
      .filter((item) => matrix.steps.includes(item.id) && !isRunnable(item))
      .map((item) => item.id),
  };
}

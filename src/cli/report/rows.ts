import { joined, type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../../plan/selection.ts';
import type { NodeStatus, RunState, StepStatus } from '../../run/state.ts';
import { failureNote } from '../../view/failures.ts';
import { type Cell, isRunnable } from '../../view/matrix.ts';
import { percentOf } from '../../view/status.ts';
import { countTexts } from '../../view/summary.ts';
import { causeTexts } from '../../view/trouble.ts';

/** One node while an operation goes on. */
export interface LiveRow {
  readonly node: string;
  readonly phase: 'waiting' | 'active' | 'finished';
  /** Steps behind it, and all. */
  readonly done: number;
  readonly total: number;
  /** The step it is at. */
  readonly step?: string;
  /** How far yum or dnf is with it, 0 to 100. */
  readonly percent?: number;
  /** What is to be said instead of a step. */
  readonly words?: readonly Message[];
  readonly good?: boolean;
}

export interface LiveRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly state: RunState;
}

function cellOf(status: StepStatus | undefined, kind: RunKind): Cell | undefined {
  return changesNodes(kind) ? status?.outcome : status?.state;
}

/** The first step that failed, with its cause. */
function failedText(steps: readonly (readonly [id: string, status: StepStatus | undefined])[]) {
  return steps.flatMap(([id, status]): readonly Message[] => {
    if (status?.outcome !== 'failed' && status?.outcome !== 'interrupted') return [];
    const [cause] = causeTexts(status.trouble, status.reasons);
    return cause ? [joined([id, cause], ': ')] : [];
  })[0];
}

/** The nodes of a selection as rows, in the file's order. */
export function liveRows({ cluster, selection, state }: LiveRequest): readonly LiveRow[] {
  const kind = state.run?.kind ?? 'check';
  return selectNodes(cluster, selection).map((node): LiveRow => {
    const status: NodeStatus = own(state.nodes, node.name) ?? { connection: 'idle', steps: {} };
    const steps = selectSteps(cluster, node, selection).filter(isRunnable);
    const cells = steps.flatMap(({ id }) => cellOf(own(status.steps, id), kind) ?? []);
    const counts = { node: node.name, done: cells.length, total: steps.length };
    if (status.outcome !== undefined) {
      const found = new Map<Cell, number>();
      for (const cell of cells) found.set(cell, (found.get(cell) ?? 0) + 1);
      const why = changesNodes(kind)
        ? failedText(steps.map(({ id }) => [id, own(status.steps, id)] as const))
        : undefined;
      const words = status.failure
        ? [failureNote(status.failure)]
        : [...countTexts({ counts: found, kind }), ...(why ? [why] : [])];
      return { ...counts, phase: 'finished', words, good: status.outcome === 'ok' };
    }
    const at = steps.find(({ id }) => own(status.steps, id)?.phase !== undefined);
    if (at) {
      const percent = percentOf(own(status.steps, at.id)?.yum);
      return { ...counts, phase: 'active', step: at.id, ...(percent === undefined ? {} : { percent }) };
    }
    if (status.connection === 'idle') return { ...counts, phase: 'waiting', words: [msg('waiting')] };
    const words = status.connection === 'connecting' ? [msg('connecting')] : [msg('checking')];
    return { ...counts, phase: 'active', words };
  });
}

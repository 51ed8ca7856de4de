import { joined, type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../../plan/selection.ts';
import type { NodeStatus, RunState, StepStatus } from '../../run/state.ts';
import { cellOf } from '../../view/cell.ts';
import { failureNote } from '../../view/failures.ts';
import { isRunnable } from '../../view/matrix.ts';
import { reasonText } from '../../view/reasons.ts';
import { percentOf } from '../../view/status.ts';
import { countTexts, tallyOf } from '../../view/tally.ts';
import { causeTexts } from '../../view/trouble.ts';

/** A node during an operation. */
export interface LiveRow {
  readonly node: string;
  readonly phase: 'waiting' | 'active' | 'finished';
  /** Number of finished steps, and of all steps. */
  readonly done: number;
  readonly total: number;
  /** The current step. */
  readonly step?: string;
  /** Progress of yum or dnf in the step, 0 to 100. */
  readonly percent?: number;
  /** Shown in place of a step. */
  readonly words?: readonly Message[];
  readonly good?: boolean;
}

export interface LiveRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly state: RunState;
}

/** Whether the operation has finished the step. */
function isFinished(status: StepStatus | undefined, kind: RunKind): boolean {
  return (changesNodes(kind) ? status?.outcome : status?.state) !== undefined;
}

/** The state of a node and of its selected steps. */
interface NodeProgress {
  readonly node: string;
  readonly kind: RunKind;
  readonly status: NodeStatus;
  readonly steps: readonly { readonly id: string; readonly status: StepStatus | undefined }[];
}

/** The first failed step, with its cause. */
function failedText({ steps }: NodeProgress): Message | undefined {
  return steps.flatMap(({ id, status }): readonly Message[] => {
    if (status?.outcome !== 'failed' && status?.outcome !== 'interrupted') return [];
    const [cause] = causeTexts(status.trouble, status.reasons);
    return cause ? [joined([id, cause], ': ')] : [];
  })[0];
}

/** The result of a node: why it failed, or the number of its steps by outcome. */
function endWords(progress: NodeProgress): readonly Message[] {
  const { kind, status, steps } = progress;
  if (status.failure) return [failureNote(status.failure)];
  const cells = steps.map(({ id }) => cellOf(status, id, true));
  const why = changesNodes(kind) ? failedText(progress) : undefined;
  return [...countTexts(tallyOf(cells, 1, []), true), ...(why ? [why] : [])];
}

function liveRow(progress: NodeProgress): LiveRow {
  const { node, kind, status, steps } = progress;
  const done = steps.filter((step) => isFinished(step.status, kind)).length;
  const counts = { node, done, total: steps.length };
  if (status.outcome !== undefined) {
    const words = endWords(progress);
    return { ...counts, phase: 'finished', words, good: status.outcome === 'ok' };
  }
  const at = steps.find((step) => step.status?.phase !== undefined);
  if (at) {
    const percent = percentOf(at.status?.yum);
    return { ...counts, phase: 'active', step: at.id, ...(percent === undefined ? {} : { percent }) };
  }
  if (status.waits) return { ...counts, phase: 'active', words: [reasonText(status.waits)] };
  if (status.connection === 'idle') return { ...counts, phase: 'waiting', words: [msg('waiting')] };
  const idle = status.connection === 'connecting' ? msg('connecting') : msg('checking');
  return { ...counts, phase: 'active', words: [idle] };
}

/** The nodes of a selection as rows, in the file's order. */
export function liveRows({ cluster, selection, state }: LiveRequest): readonly LiveRow[] {
  const kind = state.run?.kind ?? 'check';
  return selectNodes(cluster, selection).map((node) => {
    const status: NodeStatus = own(state.nodes, node.name) ?? { connection: 'idle', steps: {} };
    const steps = selectSteps(cluster, node, selection)
      .filter(isRunnable)
      .map(({ id }) => ({ id, status: own(status.steps, id) }));
    return liveRow({ node: node.name, kind, status, steps });
  });
}

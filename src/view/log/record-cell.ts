import { type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { isReversed } from '../../base/run-kind.ts';
import type { RunRecord } from '../../run/record.ts';
import type { NodeStatus, StepStatus } from '../../run/state.ts';
import { type Cell, cellOf, cellText, lostBy } from '../cell.ts';
import { durationText } from '../status.ts';
import { type Tally, tallyOf } from '../tally.ts';

const idle: NodeStatus = { connection: 'idle', steps: {} };

/** What a run found or did with a step on a node; undefined if it was not part of it. */
export function recordCell({ state }: RunRecord, node: string, step: string): Cell | undefined {
  const status = own(state.nodes, node) ?? idle;
  const isOver = status.outcome !== undefined || state.run?.finishedAt !== undefined;
  const isPart = own(status.steps, step) !== undefined || lostBy(status) !== undefined || !isOver;
  return isPart ? cellOf(status, step, true) : undefined;
}

/** The steps of a run in the order in which it took them. */
export function recordSteps({ started }: RunRecord): readonly string[] {
  return isReversed(started.kind) ? started.steps.toReversed() : started.steps;
}

/** What the run knows about a step on a node. */
export function recordStep({ state }: RunRecord, node: string, step: string): StepStatus | undefined {
  return own(own(state.nodes, node)?.steps, step);
}

/** `failed after 4 s`; without the time where nothing was started. */
export function resultText(record: RunRecord, node: string, step: string): Message {
  const found = recordStep(record, node, step);
  const cell = recordCell(record, node, step);
  const text = cellText(cell ?? { status: 'unchecked', kind: record.started.kind });
  const isTimed = found?.startedAt !== undefined && found.outcome !== undefined;
  return isTimed ? msg('{0} after {1}', text, durationText(found.milliseconds ?? 0)) : text;
}

/** What the run found or did on some of its nodes, counted. */
export function recordTally(record: RunRecord, nodes: readonly string[]): Tally {
  const { state, started } = record;
  const cells = nodes.flatMap((node) =>
    started.steps.flatMap((step) => recordCell(record, node, step) ?? []),
  );
  const lost = nodes.flatMap((node) => {
    const failure = lostBy(own(state.nodes, node) ?? idle);
    return failure ? [{ node, failure }] : [];
  });
  return tallyOf(cells, nodes.length, lost);
}

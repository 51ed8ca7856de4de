import type { Failure } from '../base/failure.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import { oneLine } from '../base/visible.ts';
import type { NodeStatus, StepStatus } from '../run/state.ts';
import { failureLabel } from './failures.ts';
import { type Status, statusOfOutcome, statusText } from './status.ts';

/** A step on a node, as every view shows it. */
export interface Cell {
  readonly status: Status;
  /** The kind of the run that the status comes from. */
  readonly kind: RunKind;
  /** The step, the node, or the user of another run that blocks it. */
  readonly by?: string;
  /** Why its node is unreachable, or that another run works there. */
  readonly failure?: Failure;
  /** Since when another run works there, milliseconds since 1970. */
  readonly since?: number;
}

/** Whether the step is in progress on its node. */
export function isWorking(step: StepStatus | undefined): boolean {
  return step?.phase !== undefined && step.phase !== 'queued';
}

/** Why a node could not be used, or was lost; a cancelled run is not a failure. */
export function lostBy({ connection, failure }: NodeStatus): Failure | undefined {
  return connection === 'failed' && failure?.code !== 'cancelled' ? failure : undefined;
}

/** The reasons that name, as their first value, what blocks a step. */
const blocking: ReadonlySet<string> = new Set([
  'dependency-cancelled',
  'serial-cancelled',
  'serial-failed',
  'other-node-failed',
  'restart-blocked',
  'restart-wait-timed-out',
]);

/** What blocks a step: what its reason names, else the step of the same run that did not end well on the node. */
function blockerOf({ steps, lastRun }: NodeStatus, step: StepStatus): string | undefined {
  const named = step.reasons.find(({ code }) => blocking.has(code))?.args[0];
  if (named) return oneLine(named);
  const bad = ['failed', 'interrupted', 'cancelled'];
  return Object.keys(steps).find((id) => {
    const other = own(steps, id);
    return other?.endedIn === lastRun?.id && bad.includes(other?.outcome ?? '');
  });
}

const failures: ReadonlySet<Status> = new Set(['failed', 'interrupted']);

/** The end of a step in the last run of its node; what did not succeed does not count if a check found the step done. */
function lastEnd(node: NodeStatus, step: StepStatus, ended: Cell): Cell | undefined {
  const { status } = ended;
  const isOpen = failures.has(status) || status === 'cancelled' || status === 'blocked';
  if (isOpen && step.state === 'done') return undefined;
  const by = status === 'blocked' ? blockerOf(node, step) : undefined;
  return by === undefined ? ended : { ...ended, by };
}

/** What remains of the end of a step in an earlier run: a failure until a check finds the step done, a cancel until a check. */
function olderEnd({ lastRun }: NodeStatus, step: StepStatus, ended: Cell): Cell | undefined {
  const { state, checkedAt = 0 } = step;
  const { status } = ended;
  if (status === 'changed' || status === 'unchanged')
    return state === undefined ? { ...ended, status: 'done' } : undefined;
  if (state === 'done') return undefined;
  if (status === 'cancelled') return checkedAt >= (lastRun?.startedAt ?? 0) ? undefined : ended;
  return failures.has(status) ? ended : undefined;
}

function endOf(node: NodeStatus, step: StepStatus): Cell | undefined {
  const { outcome, logKind, endedIn } = step;
  if (outcome === undefined) return undefined;
  const { lastRun } = node;
  const isLast = lastRun !== undefined && endedIn === lastRun.id;
  const kind = (isLast ? lastRun.kind : logKind) ?? 'run';
  const ended: Cell = { status: statusOfOutcome(outcome, kind), kind };
  return isLast ? lastEnd(node, step, ended) : olderEnd(node, step, ended);
}

/** Whether what is known of the step is from the last run of its node. */
function isFresh({ lastRun }: NodeStatus, { endedIn, outcome, state, checkedAt = 0 }: StepStatus): boolean {
  if (lastRun === undefined) return false;
  if (endedIn === lastRun.id && outcome !== 'skipped') return true;
  const isChecked = state !== undefined && checkedAt >= lastRun.startedAt;
  return isChecked && (!changesNodes(lastRun.kind) || state === 'done');
}

/** The cell of a step on a node that was not used: blocked if it could be reached, but another run works there. */
function unusable({ occupant }: NodeStatus, failure: Failure, kind: RunKind): Cell {
  if (failure.code !== 'occupied') return { status: 'unreachable', kind, failure };
  const by = occupant?.who ?? '';
  const since = occupant ? { since: occupant.since } : {};
  return { status: 'blocked', kind, failure, ...(by === '' ? {} : { by }), ...since };
}

/** The cell of a step on a node. */
export function cellOf(node: NodeStatus, id: string, isRunnable: boolean): Cell {
  const step = own(node.steps, id);
  const kind = step?.logKind ?? 'run';
  if (!isRunnable) return { status: 'unavailable', kind };
  if (isWorking(step)) return { status: 'running', kind };
  if (node.notStarted) return { status: 'not-started', kind };
  const failure = lostBy(node);
  if (failure && !(step && isFresh(node, step))) return unusable(node, failure, kind);
  const end = step && endOf(node, step);
  return end ?? { status: step?.state ?? 'unchecked', kind };
}

function inUseText({ by, since }: Cell, failure: Failure, time?: (at: number) => string): Message {
  if (by === undefined) return failureLabel(failure.code);
  return since === undefined || !time
    ? msg('in use by {0}', by)
    : msg('in use by {0} since {1}', by, time(since));
}

/** The cell as text next to a name: `blocked by upgrade`, `connection refused`; with `time`, also since when its node is in use. */
export function cellText(cell: Cell, time?: (at: number) => string): Message {
  const { status, kind, by, failure } = cell;
  if (status === 'blocked' && failure) return inUseText(cell, failure, time);
  if (status === 'blocked' && by !== undefined) return msg('blocked by {0}', by);
  if (status === 'unreachable' && failure) return failureLabel(failure.code);
  return statusText(status, kind);
}

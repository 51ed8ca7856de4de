import { appliesSteps } from '../base/run-kind.ts';
import type { QuorumGroup } from '../plan/quorum-groups.ts';
import type { RunEvent } from '../run/events.ts';
import { findStep } from '../steps/catalogue.ts';
import type { NodeWork } from './node-work.ts';
import { servingServices } from './quorum-service.ts';
import { awaitMembers, type Leaving, takeLeave, type WaitEnd } from './turn.ts';

/** The groups of a node whose service a step may restart or cut off. An undo takes a service away for good, and does not wait. */
function restartedGroups(
  { kind, absences }: Pick<NodeWork, 'kind' | 'absences'>,
  { node, step }: Leaving['on'],
): readonly QuorumGroup[] {
  const info = findStep(step);
  if (!appliesSteps(kind) || !info) return [];
  const restarts: readonly string[] = info.restarts ?? [];
  return absences.of(node).filter(({ name }) => restarts.includes(name));
}

/** Whether a step may have to wait for other members. */
export function mayRestart(work: NodeWork, on: Leaving['on']): boolean {
  return restartedGroups(work, on).length > 0;
}

/** A step that may restart services; `stop` ends the waits for it. */
export interface Restart {
  readonly work: NodeWork;
  readonly on: Leaving['on'];
  readonly stop: AbortSignal;
  /** The services that it left already, if an earlier process began it. */
  readonly begun?: readonly string[];
}

/** The services that the node is away from during a step, or why it may not begin. */
export type Departure = { readonly left: readonly QuorumGroup[] } | Exclude<WaitEnd, 'over'>;

/**
 * Before a step that may restart services with a quorum: if they do their work on the node, waits until no other member is away and
 * all members answer. Then the node counts as away until `comeBack`.
 */
export async function* goAway({ work, on, stop, begun }: Restart): AsyncGenerator<RunEvent, Departure> {
  const groups = restartedGroups(work, on);
  if (groups.length === 0) return { left: [] };
  if (begun) return { left: groups.filter(({ name }) => begun.includes(name)) };
  const left = await servingServices({ ...work, signal: stop }, groups);
  if (left.length === 0) return { left };
  const refusals = { lost: 'restart-blocked', late: 'restart-wait-timed-out' };
  const turn = yield* takeLeave({ work, on, groups: left, stop, refusals });
  if (turn !== 'over') return turn;
  let mayGo = false;
  try {
    const whole = yield* awaitMembers({ work, on, stop }, left);
    mayGo = whole === 'over';
    return whole === 'over' ? { left } : whole;
  } finally {
    if (!mayGo) work.absences.end(on.node, true);
  }
}

/** After the step: waits until all members answer again; only then may another one be away. */
export async function* comeBack(
  { work, on, stop }: Restart,
  left: readonly QuorumGroup[],
): AsyncGenerator<RunEvent, WaitEnd> {
  let end: WaitEnd = 'cancelled';
  try {
    end = yield* awaitMembers({ work, on, stop }, left);
    const args = left.map(({ name }) => name);
    if (end === 'over') yield { type: 'notice', ...on, reason: { code: 'quorum-back', args } };
    return end;
  } finally {
    work.absences.end(on.node, end === 'over');
  }
}

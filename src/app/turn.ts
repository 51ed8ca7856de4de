import type { Reason } from '../base/states.ts';
import type { QuorumGroup } from '../plan/quorum-groups.ts';
import { orAborted } from '../remote/base/abort.ts';
import type { RunEvent } from '../run/events.ts';
import { jobTimes } from './jobs/times.ts';
import type { NodeWork } from './node-work.ts';
import { awaitServices } from './quorum-service.ts';

/** A node that is about to leave groups of which one member at a time may be away. */
export interface Leaving {
  readonly work: NodeWork;
  readonly on: { readonly node: string; readonly step: string };
  readonly groups: readonly QuorumGroup[];
  /** Ends the wait for a turn. */
  readonly stop: AbortSignal;
  /** The reasons for not leaving: another member is lost, or was not back in time. */
  readonly refusals: { readonly lost: string; readonly late: string };
}

/** How a wait ended, or why it failed. */
export type WaitEnd = 'over' | 'cancelled' | Reason;

export function minutes(milliseconds: number): string {
  return String(Math.round(milliseconds / 60_000));
}

/** Waits until no other member of the groups is away; then the node counts as away. */
export async function* takeLeave(leaving: Leaving): AsyncGenerator<RunEvent, WaitEnd> {
  const { work, on, groups, stop, refusals } = leaving;
  const { absences, ports } = work;
  const { quorumWaitMs } = jobTimes(ports);
  let waitsFor: string | undefined;
  let end = stop;
  for (;;) {
    if (stop.aborted) return 'cancelled';
    const changed = absences.changed();
    const away = absences.leave(on.node, groups);
    if (!away) return 'over';
    const { node, group, isLost } = away;
    if (isLost) return { code: refusals.lost, args: [node, group] };
    if (end.aborted) return { code: refusals.late, args: [node, group, minutes(quorumWaitMs)] };
    if (waitsFor !== node) {
      waitsFor = node;
      // Each member has the whole time to come back.
      end = AbortSignal.any([stop, AbortSignal.timeout(quorumWaitMs)]);
      yield { type: 'notice', ...on, reason: { code: 'quorum-waiting', args: [node, group] } };
    }
    await orAborted(changed, end);
  }
}

/** Waits until all members of the services answer, or says which do not in time. Once cancelled, they are asked only once more. */
export async function* awaitMembers(
  { work, on, stop }: Pick<Leaving, 'work' | 'on' | 'stop'>,
  groups: readonly QuorumGroup[],
): AsyncGenerator<RunEvent, WaitEnd> {
  const { serviceBackMs, answerMs } = jobTimes(work.ports);
  if (groups.length === 0) return 'over';
  const names = groups.map(({ name }) => name);
  yield { type: 'notice', ...on, reason: { code: 'quorum-checking', args: names } };
  const signal = stop.aborted
    ? AbortSignal.timeout(answerMs)
    : AbortSignal.any([stop, AbortSignal.timeout(serviceBackMs)]);
  const missing = await awaitServices({ ...work, signal }, work.cluster, groups);
  if (!missing) return 'over';
  if (stop.aborted) return 'cancelled';
  return { code: 'quorum-incomplete', args: [missing.name, minutes(serviceBackMs)] };
}

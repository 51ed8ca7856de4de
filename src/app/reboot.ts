import { orAborted } from '../remote/base/abort.ts';
import type { RunEvent } from '../run/events.ts';
import { pause } from './jobs/confirm-login.ts';
import { jobTimes } from './jobs/times.ts';
import { type CommandContext, outputOf } from './node-command.ts';
import type { NodeWork } from './node-work.ts';
import type { QuorumGroup } from './quorum.ts';
import { awaitServices, runningServices } from './quorum-service.ts';

const rebootScript =
  'setsid setsid sh -c "sleep 1; systemctl reboot || shutdown -r now" </dev/null >/dev/null 2>&1';

/** How a reboot ended; `cancelled`: while it had to wait, so the node was not rebooted. */
export type RebootEnd = 'back' | 'failed' | 'cancelled';

interface Reboot {
  readonly work: NodeWork;
  readonly on: { readonly node: string; readonly step: string };
  /** Ends the wait for a turn. */
  readonly stop: AbortSignal;
}

const bootId = (asked: CommandContext): Promise<string | undefined> =>
  outputOf(asked, ['cat', '/proc/sys/kernel/random/boot_id']);

function notice({ on }: Reboot, code: string, ...args: readonly string[]): RunEvent {
  return { type: 'notice', ...on, reason: { code, args } };
}

function minutes(milliseconds: number): string {
  return String(Math.round(milliseconds / 60_000));
}

/** Waits until no other member of the node's groups is away; then the node counts as away. */
async function* takeLeave(reboot: Reboot): AsyncGenerator<RunEvent, 'left' | 'failed' | 'cancelled'> {
  const { work, on, stop } = reboot;
  const { reboots, ports } = work;
  const { quorumWaitMs } = jobTimes(ports);
  let waitsFor: string | undefined;
  let end = stop;
  for (;;) {
    if (stop.aborted) return 'cancelled';
    const changed = reboots.changed();
    const away = reboots.leave(on.node);
    if (!away) return 'left';
    const { node, group, isLost } = away;
    if (isLost || end.aborted) {
      yield isLost
        ? notice(reboot, 'reboot-blocked', node, group)
        : notice(reboot, 'reboot-wait-timed-out', node, group, minutes(quorumWaitMs));
      return 'failed';
    }
    if (waitsFor !== node) {
      waitsFor = node;
      // Each member has the whole time to come back.
      end = AbortSignal.any([stop, AbortSignal.timeout(quorumWaitMs)]);
      yield notice(reboot, 'quorum-waiting', node, group);
    }
    await orAborted(changed, end);
  }
}

/** Waits until all members of the services answer; false if they do not in time. */
async function* awaitMembers(
  reboot: Reboot,
  groups: readonly QuorumGroup[],
): AsyncGenerator<RunEvent, RebootEnd> {
  const { work, stop } = reboot;
  const { serviceBackMs } = jobTimes(work.ports);
  if (groups.length === 0) return 'back';
  yield notice(reboot, 'quorum-checking', groups.map(({ name }) => name).join(', '));
  const signal = AbortSignal.any([stop, AbortSignal.timeout(serviceBackMs)]);
  const missing = await awaitServices({ ...work, signal }, work.cluster, groups);
  if (!missing) return 'back';
  if (stop.aborted) return 'cancelled';
  yield notice(reboot, 'quorum-incomplete', missing.name, minutes(serviceBackMs));
  return 'failed';
}

/** Reboots a node and waits for it to come back with a new boot id; false if it does not in time. */
async function* restart(reboot: Reboot, before: string): AsyncGenerator<RunEvent, boolean> {
  const { link, ports, signal } = reboot.work;
  const { clock } = ports;
  const { rebootMs, rebootPollMs } = jobTimes(ports);
  const begun = clock.now();
  yield notice(reboot, 'rebooting');
  await outputOf(reboot.work, ['sh', '-c', rebootScript]);
  const end = AbortSignal.any([signal, ports.writeGuard.failed, AbortSignal.timeout(rebootMs)]);
  while (!end.aborted) {
    await pause(rebootPollMs, end);
    // The old boot may still answer on this connection: wait for its end without logging in again.
    let now = await bootId({ link, ports, signal: end });
    if (now === before) continue;
    if (now === undefined) {
      const failure = await link.reconnect(end);
      if (failure) break;
      now = await bootId({ link, ports, signal: end });
    }
    if (now !== undefined && now !== before) {
      link.progress();
      yield notice(reboot, 'rebooted', String(Math.round((clock.now() - begun) / 1_000)));
      return true;
    }
  }
  yield notice(reboot, 'reboot-timed-out', minutes(clock.now() - begun));
  return false;
}

/**
 * Reboots a node when no other member of its quorum is away and all members answer, and waits until it is back and its services
 * answer again.
 */
export async function* rebootNode(reboot: Reboot): AsyncGenerator<RunEvent, RebootEnd> {
  const { work, on } = reboot;
  const { reboots } = work;
  const turn = yield* takeLeave(reboot);
  if (turn !== 'left') return turn;
  // A node that was not rebooted is not away.
  let isBack = true;
  try {
    const before = await bootId(work);
    if (before === undefined) return 'failed';
    const services = await runningServices(work, reboots.of(on.node));
    const whole = yield* awaitMembers(reboot, services);
    if (whole !== 'back') return whole;
    isBack = false;
    if (!(yield* restart(reboot, before))) return 'failed';
    const end = yield* awaitMembers({ ...reboot, stop: work.signal }, services);
    isBack = end === 'back';
    return end;
  } finally {
    reboots.end(on.node, isBack);
  }
}

import type { RunEvent } from '../run/events.ts';
import { pause } from './jobs/confirm-login.ts';
import { jobTimes } from './jobs/times.ts';
import { type CommandContext, outputOf } from './node-command.ts';
import type { NodeWork } from './node-work.ts';
import { runningServices } from './quorum-service.ts';
import { awaitMembers, minutes, takeLeave, type WaitEnd } from './turn.ts';

const rebootScript =
  'setsid setsid sh -c "sleep 1; systemctl reboot || shutdown -r now" </dev/null >/dev/null 2>&1';

/** How a reboot ended; `cancelled`: while it had to wait, so the node was not rebooted. */
export type RebootEnd = 'back' | 'failed' | 'cancelled';

export interface Reboot {
  readonly work: NodeWork;
  readonly on: { readonly node: string; readonly step: string };
  /** Ends the wait for a turn. */
  readonly stop: AbortSignal;
  /** The id of the boot that an earlier process has asked the node to end. */
  readonly begun?: string;
}

const bootId = (asked: CommandContext): Promise<string | undefined> =>
  outputOf(asked, ['cat', '/proc/sys/kernel/random/boot_id']);

function notice({ on }: Reboot, code: string, ...args: readonly string[]): RunEvent {
  return { type: 'notice', ...on, reason: { code, args } };
}

/** Reports a wait that failed. */
function* refused(reboot: Reboot, end: Exclude<WaitEnd, 'over'>): Generator<RunEvent, RebootEnd> {
  if (end === 'cancelled') return end;
  yield notice(reboot, end.code, ...end.args);
  return 'failed';
}

/** Reboots a node and waits for it to come back with a new boot id; false if it does not in time. */
async function* restart(reboot: Reboot, before: string): AsyncGenerator<RunEvent, boolean> {
  const { link, ports, signal } = reboot.work;
  const { clock } = ports;
  const { rebootMs, rebootPollMs } = jobTimes(ports);
  const begun = clock.now();
  const end = AbortSignal.any([signal, ports.writeGuard.failed, AbortSignal.timeout(rebootMs)]);
  if ((await bootId({ link, ports, signal: end })) === before)
    await outputOf(reboot.work, ['sh', '-c', rebootScript]);
  while (!end.aborted) {
    await pause(rebootPollMs, end);
    // The old boot may still answer on this connection: wait for its end without logging in again.
    let now = await bootId({ link, ports, signal: end });
    if (now === before) continue;
    if (now === undefined) {
      const failure = await link.reconnect(end);
      // A node that starts refuses everyone but root (pam_nologin): the limit is that of the reboot.
      if (failure && failure.code !== 'auth') break;
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
 * answer again. A reboot that an earlier process began is only waited for.
 */
export async function* rebootNode(reboot: Reboot): AsyncGenerator<RunEvent, RebootEnd> {
  const { work, on, begun } = reboot;
  const { absences } = work;
  const groups = absences.of(on.node);
  const refusals = { lost: 'reboot-blocked', late: 'reboot-wait-timed-out' };
  const turn = begun === undefined ? yield* takeLeave({ ...reboot, groups, refusals }) : 'over';
  if (turn !== 'over') return yield* refused(reboot, turn);
  // A node that was not rebooted is not away.
  let isBack = begun === undefined;
  try {
    const before = begun ?? (await bootId(work));
    if (before === undefined) return 'failed';
    let services = begun === undefined ? await runningServices(work, groups) : [];
    if (begun === undefined) {
      const whole = yield* awaitMembers(reboot, services);
      if (whole !== 'over') return yield* refused(reboot, whole);
      yield notice(reboot, 'rebooting', before);
    }
    isBack = false;
    if (!(yield* restart(reboot, before))) return 'failed';
    if (begun !== undefined) services = groups.filter(({ name }) => work.away?.services.includes(name));
    const end = yield* awaitMembers({ ...reboot, stop: work.signal }, services);
    if (end !== 'over') return yield* refused(reboot, end);
    isBack = true;
    if (services.length > 0) yield notice(reboot, 'quorum-back', ...services.map(({ name }) => name));
    return 'back';
  } finally {
    absences.end(on.node, isBack);
  }
}

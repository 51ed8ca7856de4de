import { asRoot } from '../plan/command.ts';
import { collect } from '../remote/channel/collect.ts';
import type { RunEvent } from '../run/events.ts';
import { pause } from './jobs/confirm-login.ts';
import type { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import { jobTimes } from './jobs/times.ts';
import type { NodeWork } from './node-work.ts';

/** Time limit for a reboot, milliseconds. */
const maxRebootMs = 15 * 60_000;
/** An answer is the id of a boot, or nothing. */
const maxAnswerBytes = 4_096;
const rebootScript =
  'setsid setsid sh -c "sleep 1; systemctl reboot || shutdown -r now" </dev/null >/dev/null 2>&1';

interface CommandContext {
  readonly link: NodeConnection;
  readonly ports: Ports;
  readonly signal: AbortSignal;
}

/** The output of a command; undefined if it does not complete. */
async function outputOf(
  { link, ports, signal }: CommandContext,
  argv: readonly string[],
): Promise<string | undefined> {
  if (!link.transport) return undefined;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(jobTimes(ports).answerMs)]);
  const outputs = link.transport.exec(asRoot(link.node, { argv }), stop);
  const { end, text } = await collect(outputs, { stream: 'stdout', maxBytes: maxAnswerBytes });
  return end.type === 'exit' && end.code === 0 ? text : undefined;
}

const bootId = (asked: CommandContext): Promise<string | undefined> =>
  outputOf(asked, ['cat', '/proc/sys/kernel/random/boot_id']);

/** Reboots a node and waits for it to come back with a new boot id; false if it does not in time. */
export async function* rebootNode(
  work: NodeWork,
  on: { readonly node: string; readonly step: string },
): AsyncGenerator<RunEvent, boolean> {
  const { link, ports, signal } = work;
  const { clock } = ports;
  const notice = (code: string, ...args: readonly string[]): RunEvent => ({
    type: 'notice',
    ...on,
    reason: { code, args },
  });
  const before = await bootId(work);
  if (before === undefined) return false;
  const begun = clock.now();
  yield notice('rebooting');
  await outputOf(work, ['sh', '-c', rebootScript]);
  const end = AbortSignal.any([signal, ports.writeGuard.failed, AbortSignal.timeout(maxRebootMs)]);
  while (!end.aborted) {
    await pause(1_000, end);
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
      yield notice('rebooted', String(Math.round((clock.now() - begun) / 1_000)));
      return true;
    }
  }
  yield notice('reboot-timed-out', String(Math.round((clock.now() - begun) / 60_000)));
  return false;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../../base/states.ts';
import { confirmCommand } from '../../jobs/job.ts';
import { isLoginRefused, type NodeConnection } from './node-connection.ts';
import type { Ports } from './ports.ts';
import { requestFrame } from './request-frame.ts';
import { jobTimes, refusalWaitsMs, withJitter } from './times.ts';

export interface ConfirmRequest {
  readonly link: NodeConnection;
  readonly ports: Ports;
  readonly job: string;
  readonly note: (reason: Reason) => void;
}

/**
 * Confirms to a guarded job that logins still work: logs in again, repeatedly, until it succeeds. May prompt until the node has
 * refused one login.
 */
export async function confirmLogin(
  { link, ports, job, note }: ConfirmRequest,
  signal: AbortSignal,
): Promise<void> {
  let isNoted = false;
  let isQuiet = false;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const second = await link.secondLogin(signal, isQuiet);
    if (second.ok) {
      const lead = ports.names.nonce();
      const answer = await requestFrame(second.transport, confirmCommand(link.node, job, lead), {
        lead,
        ms: jobTimes(ports).answerMs,
      });
      await second.transport.dispose();
      if (answer) return;
    } else if (!signal.aborted) {
      const code = isLoginRefused(second.failure) ? 'auth' : second.failure.code;
      isQuiet ||= code === 'auth';
      if (!isNoted) note({ code: 'no-second-login', args: [code] });
      isNoted = true;
    }
    await pause(withJitter(refusalWaitsMs, attempt), signal);
  }
}

/** Waits, or returns early when the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

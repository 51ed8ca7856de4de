import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../../base/states.ts';
import { proveCommand } from '../../jobs/job.ts';
import { ask } from './ask.ts';
import { isShut, type Link } from './link.ts';
import type { Ports } from './ports.ts';
import { jobTimes, refusalWaits, varied } from './times.ts';

export interface Proving {
  readonly link: Link;
  readonly ports: Ports;
  readonly job: string;
  readonly note: (reason: Reason) => void;
}

/**
 * Proves to a guarded job by a login of its own, as often as it takes, that its node can still be reached. A person is asked for
 * what the login needs until the node has let nobody in once.
 */
export async function proveLogin({ link, ports, job, note }: Proving, signal: AbortSignal): Promise<void> {
  let isTold = false;
  let isQuiet = false;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const beside = await link.beside(signal, isQuiet);
    if (beside.ok) {
      const lead = ports.names.nonce();
      const answer = await ask(beside.transport, proveCommand(link.node, job, lead), {
        lead,
        ms: jobTimes(ports).answer,
      });
      await beside.transport.dispose();
      if (answer) return;
    } else if (!signal.aborted) {
      const code = isShut(beside.failure) ? 'auth' : beside.failure.code;
      isQuiet ||= code === 'auth';
      if (!isTold) note({ code: 'no-second-login', args: [code] });
      isTold = true;
    }
    await pause(varied(refusalWaits, attempt), signal);
  }
}

/** Waits so many milliseconds, or until the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

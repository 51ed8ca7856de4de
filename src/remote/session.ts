import { onAbort } from './abort.ts';
import { Banner } from './banner.ts';
import { Patience } from './deadline.ts';
import { Ending } from './ending.ts';
import { cancelled, silence } from './failures.ts';
import { converse } from './handshake.ts';
import type { SessionOpened, SessionRequest } from './opening.ts';
import { filedHost } from './verify-host.ts';

/** One attempt: dial, handshake, host key, login. */
export async function openSession(request: SessionRequest): Promise<SessionOpened> {
  const { target, access, memory } = request;
  const { signal, limits } = access;
  const { host, port } = filedHost(target);
  const found = await access.hostKeys.find(host, port, target.knownHosts);
  const ending = new Ending();
  const patience = new Patience(limits.readyMs, () => ending.end(silence(target, limits.readyMs / 1_000)));
  const release = onAbort(signal, () => ending.end(cancelled(target)));
  try {
    const dialled = await request.reach(ending);
    if (!dialled.ok) return { ok: false, failure: dialled.failure, again: false };
    const session = await converse(
      { ...request, ending, patience, found, tried: [], banner: new Banner() },
      dialled.stream,
    );
    if (!ending.failure) return { ok: true, session };
    const wasThinking = patience.isHeld && !signal.aborted;
    if (wasThinking) await patience.idle(signal);
    return {
      ok: false,
      failure: memory.refusal ?? ending.failure,
      again: wasThinking && !memory.refusal && !signal.aborted,
    };
  } finally {
    patience.stop();
    release();
  }
}

import { cancelled } from '../base/failure.ts';
import { Banner } from './banner.ts';
import { onAbort } from './base/abort.ts';
import { Patience } from './base/deadline.ts';
import { Ending } from './base/ending.ts';
import type { LoginPhase } from './base/limits.ts';
import { loginSilence } from './base/silence.ts';
import { nameOf } from './base/target.ts';
import { Greeting } from './greeting.ts';
import { converse } from './handshake.ts';
import { filedHost } from './host-keys/verify-host.ts';
import type { SessionOpened, SessionRequest } from './opening.ts';

/** One attempt: dial, handshake, host key, login. */
export async function openSession(request: SessionRequest): Promise<SessionOpened> {
  const { target, access, memory } = request;
  const { signal, limits } = access;
  const { host, port } = filedHost(target);
  const found = await access.hostKeys.find(host, port, target.knownHosts);
  const ending = new Ending();
  const { via } = request;
  const [banner, greeting] = [new Banner(), new Greeting()];
  const firstMs = via ? limits.loginStepMs : limits.dialMs;
  let phase: LoginPhase = 'dial';
  let proxySaid: (() => string) | undefined;
  const patience = new Patience({ stepMs: firstMs, totalMs: limits.loginMs }, (limitMs) => {
    const words = phase === 'login' ? banner.text : greeting.text;
    const said = proxySaid?.() || words;
    ending.end(loginSilence(target, { phase, seconds: limitMs / 1_000, said, ...(via && { via }) }));
  });
  const enter = (next: LoginPhase) => {
    phase = next;
    patience.step(limits.loginStepMs);
  };
  const release = onAbort(signal, () => ending.end(cancelled(nameOf(target))));
  try {
    const dialled = await request.reach(ending);
    if (!dialled.ok) return { ok: false, failure: dialled.failure, again: false };
    proxySaid = dialled.said;
    enter('greeting');
    const opening = { ...request, ending, patience, found, tried: [], banner, greeting, enter };
    const session = await converse(opening, dialled.stream);
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

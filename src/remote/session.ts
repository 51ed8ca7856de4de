import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { cancelled } from '../base/failure.ts';
import { Banner } from './banner.ts';
import { onAbort } from './base/abort.ts';
import { Deadline } from './base/deadline.ts';
import { Ending } from './base/ending.ts';
import type { LoginPhase } from './base/limits.ts';
import { nameOf, placeOf, type Target } from './base/target.ts';
import { loginTimeout } from './base/timeouts.ts';
import { Greeting } from './greeting.ts';
import { handshake } from './handshake.ts';
import { knownHostName } from './host-keys/verify-host.ts';
import type { SessionOpened, SessionRequest } from './opening.ts';

/** The records of the address to which a name led; CheckHostIP, ssh_config(5). */
async function recordsAtAddress({ target, via, access }: SessionRequest, stream: Duplex) {
  const address = stream instanceof Socket ? stream.remoteAddress : undefined;
  if (!target.security?.checksAddress || via || address === undefined || address === target.host)
    return undefined;
  const found = await access.hostKeys.find(address, target.port, target.knownHosts);
  return found.ok ? { address, records: found.records } : undefined;
}

/** What each phase waits for, as a reason. */
function waitOf(phase: LoginPhase, target: Target, via: Target | undefined): readonly [string, ...string[]] {
  const place = placeOf(target);
  if (phase === 'login') return ['wait-login', place, target.user];
  if (phase === 'dial' && via) return ['wait-forward', placeOf(via), place];
  if (phase !== 'key-exchange' && target.proxyCommand !== undefined) return ['wait-proxy', place];
  return [`wait-${phase}`, place];
}

/** One attempt: connect, handshake, host key, login. */
export async function openSession(request: SessionRequest): Promise<SessionOpened> {
  const { target, access, memory } = request;
  const { signal, waits } = access;
  const limits = { ...access.limits, ...target.limits };
  const { host, port } = knownHostName(target);
  const found = await access.hostKeys.find(host, port, target.knownHosts);
  const ending = new Ending();
  const { via } = request;
  const [banner, greeting] = [new Banner(), new Greeting()];
  const firstMs = via ? limits.loginStepMs : limits.dialMs;
  let phase: LoginPhase = 'dial';
  let proxySaid: (() => string) | undefined;
  const deadline = new Deadline({ stepMs: firstMs, totalMs: limits.loginMs }, (limitMs) => {
    const words = phase === 'login' ? banner.text : greeting.text;
    const said = proxySaid?.() || words;
    ending.end(loginTimeout(target, { phase, seconds: limitMs / 1_000, said, ...(via && { via }) }));
  });
  let endWait = waits.begin(...waitOf(phase, target, via));
  const enterPhase = (next: LoginPhase) => {
    phase = next;
    endWait();
    endWait = waits.begin(...waitOf(phase, target, via));
    deadline.step(next === 'login' ? limits.loginStepMs : (limits.exchangeMs ?? limits.loginStepMs));
  };
  const release = onAbort(signal, () => ending.end(cancelled(nameOf(target))));
  try {
    const dialled = await request.dial(ending);
    if (!dialled.ok) return { ok: false, failure: dialled.failure, mayRetry: false };
    proxySaid = dialled.said;
    enterPhase('greeting');
    const atAddress = await recordsAtAddress(request, dialled.stream);
    const opening = {
      ...request,
      access: { ...access, limits },
      ...(atAddress && { atAddress }),
      ending,
      deadline,
      found,
      tried: [],
      banner,
      greeting,
      enterPhase,
    };
    const session = await handshake(opening, dialled.stream);
    if (!ending.failure) return { ok: true, session };
    const wasThinking = deadline.isPaused && !signal.aborted;
    if (wasThinking) await deadline.resumed(signal);
    return {
      ok: false,
      failure: memory.refusal ?? ending.failure,
      mayRetry: wasThinking && !memory.refusal && !signal.aborted,
    };
  } finally {
    deadline.stop();
    endWait();
    release();
  }
}

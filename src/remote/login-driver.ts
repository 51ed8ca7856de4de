import { cancelled } from '../base/failure.ts';
import { english, type Message, msg } from '../base/l10n.ts';
import { protocolFailure } from './base/failures.ts';
import { authFailure } from './base/login-failures.ts';
import { defaultAttempts, type LoginMethod, loginMethods } from './base/security.ts';
import type { AnyAuthMethod, AuthenticationType, ParsedKey } from './base/ssh2.ts';
import { nameOf } from './base/target.ts';
import type { HostGuard } from './host-guard.ts';
import { fingerprint } from './host-keys/known-hosts.ts';
import { collectKeys } from './keys/login-keys.ts';
import { login } from './login/login.ts';
import { createQuestions } from './login/login-questions.ts';
import type { Opening } from './opening.ts';

function fingerprintOf(key: ParsedKey): string {
  return fingerprint({ type: key.type, base64: key.getPublicSSH().toString('base64') });
}

/** The authentication handler of the library: called for the first method and after every refusal. */
export type AuthHandler = (
  offered: readonly AuthenticationType[] | null,
  partial: boolean | null,
  send: (method: AnyAuthMethod) => void,
) => void;

/** Passes the methods of the login to the library; when there are none left, the attempt fails. */
export function createLoginDriver(opening: Opening, guard: HostGuard): AuthHandler {
  const { target, ending, memory, tried } = opening;
  const broken = (error: Error) => ending.end(protocolFailure(target, error));
  const cancel = () => {
    memory.refusal ??= cancelled(nameOf(target));
    ending.end(memory.refusal);
  };
  const mayUse = (method: string): boolean => target.security?.methods.has(method as LoginMethod) ?? true;
  let steps: ReturnType<typeof login> | undefined;
  let isUnasked = false;
  let isForbidden = false;
  let traced = 0;
  const fail = () =>
    ending.end(authFailure(target, { tried, banner: opening.banner.text, isUnasked, isForbidden }));

  /** What the host accepts, and the methods that failed since the last call. */
  function traceMethods(offered: readonly string[] | null): void {
    const trace = (line: string) => opening.access.trace?.(target, line);
    for (const note of tried.slice(traced)) trace(`Refused: ${english(note)}`);
    traced = tried.length;
    if (offered) trace(`The host accepts: ${offered.join(', ')}`);
  }

  async function begin(): Promise<ReturnType<typeof login>> {
    await guard.saveTrusted();
    const { keys, notes } = await collectKeys(target, opening.keyFiles, opening.access);
    for (const note of notes) tried.push(note);
    for (const method of loginMethods)
      if (!mayUse(method)) tried.push(msg('{0}: forbidden by your ssh config', method));
    const { prompts, keyring, refused, signal, waits } = opening.access;
    const isOver = () => ending.failure !== undefined;
    const questions = createQuestions({
      ...{ ...opening, prompts, keyring, signal, waits, isOver },
      ...(refused && { refusedKeys: refused.keys }),
    });
    const unasked = () => {
      isUnasked = true;
    };
    const forbidden = () => {
      isForbidden = true;
    };
    const giveUp = () => {
      unasked();
      fail();
    };
    const { trace } = opening.access;
    const offering = (name: Message, key: ParsedKey) =>
      trace?.(target, `Offering ${english(name)}: ${key.type} ${fingerprintOf(key)}`);
    const { user, security } = target;
    const attempts = security?.attempts ?? defaultAttempts;
    const unaskedBy = security?.unaskedBy ?? '';
    const ends = { unasked, forbidden, giveUp, cancel, broken };
    return login({ user, keys, tried, questions, attempts, unaskedBy, offering, ...ends });
  }

  return (offered, partial, send) => {
    const advance = async () => {
      steps ??= await begin();
      // The connection may end while a key is read: then nothing may be asked or sent.
      if (ending.failure) return;
      opening.enterPhase('login');
      const step = await steps.next({ offered: (offered ?? []).filter(mayUse), partial: partial ?? false });
      traceMethods(offered);
      if (step.done && step.value === 'cancelled') cancel();
      else if (step.done) fail();
      else if (!ending.failure) send(step.value);
    };
    advance().catch(broken);
  };
}

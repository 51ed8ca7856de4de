import { english, msg } from '../../base/l10n.ts';
import type { AnyAuthMethod } from '../base/ssh2.ts';
import { tryKey } from './login-key.ts';
import type { LoginEnd, LoginPlan, LoginSteps } from './login-plan.ts';
import { tryKeyboard, tryPasswords } from './login-prompts.ts';

/**
 * The methods of a login in order: keys, password, keyboard-interactive. RFC 4252. The library reports what the server accepts
 * after every method except `agent`; after that, `none` is sent to find out.
 */
export async function* login(plan: LoginPlan): LoginSteps<LoginEnd> {
  const { keys, tried } = plan;
  const none: AnyAuthMethod = { type: 'none', username: plan.user };
  // A single key is tried directly, which saves a round trip; with several, asking first saves attempts (MaxAuthTries).
  let offered = keys.length === 1 ? undefined : (yield none).offered;
  for (const key of keys) {
    if (offered && !offered.includes('publickey')) break;
    const attempt = yield* tryKey(key, plan);
    if (attempt.cancelled) return 'cancelled';
    tried.push(attempt.tried);
    if (attempt.wasWanted) offered = (yield none).offered;
  }
  offered ??= (yield none).offered;
  const passwords = yield* tryPasswords(plan, offered);
  if (passwords === 'cancelled' || passwords === 'exhausted') return passwords;
  yield* tryKeyboard(plan, passwords);
  const isNamed = tried.some((each) => /^key file/.test(english(each)));
  if (keys.length === 0 && !isNamed) tried.unshift(msg('no key was found'));
  if (offered.length > 0 && !passwords.includes('keyboard-interactive') && !offered.includes('password'))
    tried.push(msg('password: not offered, only {0}', offered.join(', ')));
  return 'exhausted';
}

import { joined, type Message, msg } from '../../base/l10n.ts';
import type { ParsedKey } from '../base/ssh2.ts';
import { printable } from '../base/target.ts';
import { OneKeyAgent, type Signer } from '../keys/agent.ts';
import type { UnlockResult } from '../keys/keyring.ts';
import type { LoginKey } from '../keys/login-key.ts';
import type { LoginPlan, LoginSteps } from './login-plan.ts';

/** `wasWanted`: the server asked for a signature, so it may now accept other methods. */
export type KeyAttempt =
  | { readonly cancelled: true }
  | { readonly cancelled: false; readonly wasWanted: boolean; readonly tried: Message };

/** Tries one key; if its public key is known, prompts for the passphrase only after the server accepted it. */
export async function* tryKey(key: LoginKey, plan: LoginPlan): LoginSteps<KeyAttempt> {
  const file = openOnce(key, plan);
  const publicKey = key.publicKey ?? (await file.open());
  if (!publicKey) return file.outcome(key, false, msg("can't be unlocked"));
  const sign: Signer = async (data, hash) => {
    const { from } = key;
    if ('sign' in from) return plan.questions.signing(() => from.sign(data, hash));
    const privateKey = await file.open();
    if (!privateKey) throw new Error('the key file was not unlocked');
    return signWith(privateKey, data, hash);
  };
  const agent = new OneKeyAgent(publicKey, sign, plan.broken);
  plan.offering?.(key.name, publicKey);
  yield { type: 'agent', username: plan.user, agent };
  if (!agent.wasWanted) return file.outcome(key, false, msg('not accepted'));
  if (agent.problem)
    return file.outcome(key, true, msg('no signature ({0})', printable(agent.problem.message)));
  return file.outcome(key, true, msg('accepted, but another method is required'));
}

/** Decrypts the key file when first needed, and remembers a failure. */
function openOnce({ from, path = '' }: LoginKey, plan: LoginPlan) {
  let opened: UnlockResult | undefined;
  return {
    open: async (): Promise<ParsedKey | undefined> => {
      if ('sign' in from) return undefined;
      opened = await plan.questions.open(path, from.privateText);
      return opened.ok ? opened.key : undefined;
    },
    outcome: ({ name }: LoginKey, wasWanted: boolean, because: Message): KeyAttempt => {
      if (!opened || opened.ok) return { cancelled: false, wasWanted, tried: joined([name, because], ': ') };
      if (opened.why === 'unasked') {
        plan.unasked();
        const why = msg('needs a passphrase, but there is no terminal to enter it');
        return { cancelled: false, wasWanted, tried: joined([name, why], ': ') };
      }
      if (opened.why === 'forbidden') {
        plan.forbidden();
        const why = msg(
          'needs a passphrase, and {0} in your ssh config forbids to ask for it',
          plan.unaskedBy,
        );
        return { cancelled: false, wasWanted, tried: joined([name, why], ': ') };
      }
      if (!('cause' in opened)) return { cancelled: true };
      const why = opened.why === 'wrong-passphrase' ? msg('wrong passphrase') : printable(opened.cause);
      return { cancelled: false, wasWanted, tried: joined([name, why], ': ') };
    },
  };
}

function signWith(key: ParsedKey, data: Buffer, hash: Parameters<Signer>[1]): Buffer {
  // The types promise a signature, but the library may return an error.
  const signature: unknown = key.sign(data, hash);
  if (Buffer.isBuffer(signature)) return signature;
  throw signature instanceof Error ? signature : new Error('the key gave no signature');
}

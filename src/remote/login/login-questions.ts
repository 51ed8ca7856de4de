import { cancelled, type Failure } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import type { Deadline } from '../base/deadline.ts';
import type { Prompts, SecretAnswer, SecretQuestion } from '../base/prompts.ts';
import { nameOf, printable, type Target } from '../base/target.ts';
import type { Waits } from '../base/waits.ts';
import type { HostKey } from '../host-keys/known-hosts.ts';
import type { Keyring, RefusedKeys, UnlockResult } from '../keys/keyring.ts';

/** Prompts of a login; they pause the deadline, and `undefined` means cancelled. */
export interface LoginQuestions {
  /** Decrypts a private key. */
  open(path: string, privateText: string): Promise<UnlockResult>;
  /** Waits for the agent, which may open its own prompt. */
  signing(work: () => Promise<Buffer>): Promise<Buffer>;
  password(attempt: number): Promise<SecretAnswer>;
  /** A question of the server, in its own words. */
  keyboard(text: string, echo: boolean, attempt: number): Promise<SecretAnswer>;
}

/** Answers given while the host closed the connection; used once in the next attempt instead of asking again. */
export interface LoginMemory {
  hostKey?: { readonly base64: string; readonly save: boolean; readonly replaced?: readonly HostKey[] };
  password?: string;
  /** A refusal by the user, or an answer that makes another attempt pointless. */
  refusal?: Failure;
}

export interface QuestionsFor {
  readonly target: Target;
  readonly memory: LoginMemory;
  /** Whether the connection has ended, so that the answer is for the next attempt. */
  readonly isOver: () => boolean;
  readonly prompts: Prompts;
  readonly keyring: Keyring;
  readonly refusedKeys?: RefusedKeys;
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
  readonly waits: Waits;
}

export function createQuestions(options: QuestionsFor): LoginQuestions {
  const { target, memory, prompts, keyring, refusedKeys, deadline, signal, waits } = options;
  const { node, host, port, user } = target;
  const ask = (question: Pick<SecretQuestion, 'kind' | 'text' | 'echo' | 'attempt' | 'identity'>) =>
    deadline.pauseWhile(async () => {
      const answer = await waits.whilePrompt(() =>
        prompts.secret({ node, host, port, user, ...question }, signal),
      );
      if (answer === undefined && !signal.aborted) memory.refusal = cancelled(nameOf(target));
      if (typeof answer === 'string' && question.kind === 'password' && options.isOver())
        memory.password = answer;
      return answer;
    });
  // Both forbid passwords and keyboard-interactive as methods (security.ts), so only a passphrase could be asked for.
  const isUnasked = target.security?.unaskedBy !== undefined;
  const passphrase = (path: string) => (attempt: number) =>
    ask({
      kind: 'passphrase',
      text: msg('Passphrase for key file {0}', path),
      echo: false,
      attempt,
      identity: path,
    });
  return {
    open: (path, privateText) =>
      deadline.pauseWhile(async () => {
        const how = {
          ...(!isUnasked && { ask: passphrase(path) }),
          ...(target.security && { attempts: target.security.attempts }),
          signal,
          ...(refusedKeys && { refused: refusedKeys }),
        };
        const opened = await waits.during(() => keyring.open(privateText, how), 'wait-key', path);
        // What another node was answered is no answer to a node that may not ask: the next key is tried.
        const isOfAnother = isUnasked && !opened.ok && ['cancelled', 'unasked'].includes(opened.why);
        return isOfAnother ? { ok: false, why: 'forbidden' } : opened;
      }),
    signing: (work) => deadline.pauseWhile(() => waits.during(work, 'wait-signature')),
    password: async (attempt) => {
      const kept = memory.password;
      delete memory.password;
      if (kept !== undefined) return kept;
      const text = msg('Password for {0} on {1}', user, nameOf(target));
      return ask({ kind: 'password', text, echo: false, attempt });
    },
    keyboard: (text, echo, attempt) =>
      ask({ kind: 'keyboard', text: msg('{0} asks: {1}', nameOf(target), printable(text)), echo, attempt }),
  };
}

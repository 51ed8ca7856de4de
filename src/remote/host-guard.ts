import { cancelled } from '../base/failure.ts';
import { connectionLost, handshakeFailure, protocolFailure } from './base/failures.ts';
import type { ChangedHostKeyQuestion, HostKeyAnswer, HostKeyQuestion } from './base/prompts.ts';
import { nameOf } from './base/target.ts';
import type { FoundRecords } from './host-keys/host-keys.ts';
import { type HostKey, hostKeyOf } from './host-keys/known-hosts.ts';
import { askKnownHostsCommand } from './host-keys/known-hosts-command.ts';
import { findRevocation } from './host-keys/revoked-keys.ts';
import { knownHostName, notSaved, rejected, revokedByList, verifyHost } from './host-keys/verify-host.ts';
import type { Opening } from './opening.ts';

export interface HostGuard {
  /** The host verifier of the library: called before the login, and again at every rekeying. */
  verify(blob: Buffer, decide: (accepted: boolean) => void): void;
  /** Call after the handshake, in which the host proved that it has the key: saves the key if requested. */
  saveTrusted(): Promise<void>;
}

/** Continues a session only if the host key is trusted; otherwise the attempt ends. */
export function createHostGuard(opening: Opening): HostGuard {
  const { target, ending, deadline, found, memory, access } = opening;
  let accepted: HostKey | undefined;
  let save = false;
  let replaced: readonly HostKey[] | undefined;

  /** Refuses a key that is in a revocation list of the ssh config, or may be in one that can't be read. */
  async function isRevoked(files: readonly string[], key: HostKey): Promise<boolean> {
    const { env, signal } = access;
    const found = await findRevocation({ files, key, env, signal });
    if (found.type === 'clear') return false;
    memory.refusal = signal.aborted ? cancelled(nameOf(target)) : revokedByList(target, found, key);
    ending.end(memory.refusal);
    return true;
  }

  /** The known keys with those that KnownHostsCommand prints; undefined if that has failed. */
  async function withCommand(presented: HostKey): Promise<FoundRecords | undefined> {
    if (target.knownHostsCommand === undefined || !found.ok) return found;
    const { env, signal } = access;
    const printed = await askKnownHostsCommand({ target, presented, env, signal });
    if (printed.ok) return { ok: true, records: [...found.records, ...printed.records] };
    memory.refusal = signal.aborted ? cancelled(nameOf(target)) : printed.failure;
    ending.end(memory.refusal);
    return undefined;
  }

  async function verify(presented: HostKey): Promise<boolean> {
    if (target.revoked && (await isRevoked(target.revoked, presented))) return false;
    if (memory.hostKey?.base64 === presented.base64) {
      accepted = presented;
      save = memory.hostKey.save;
      replaced = memory.hostKey.replaced;
      return true;
    }
    const all = await withCommand(presented);
    if (!all) return false;
    const verdict = await verifyHost({
      target,
      found: all,
      presented,
      ...(opening.atAddress && { atAddress: opening.atAddress }),
      ask: (question) => deadline.pauseWhile(() => ask(question, presented)),
      askChanged: (question) => deadline.pauseWhile(() => askChanged(question)),
    });
    if (!verdict.ok) {
      memory.refusal = access.signal.aborted ? cancelled(nameOf(target)) : verdict.failure;
      ending.end(memory.refusal);
      return false;
    }
    accepted = presented;
    save = verdict.save;
    replaced = verdict.replaced;
    if (replaced) memory.hostKey = { base64: presented.base64, save, replaced };
    return true;
  }

  async function ask(question: HostKeyQuestion, presented: HostKey): Promise<HostKeyAnswer> {
    const answer = await access.waits.whilePrompt(() => access.prompts.hostKey(question, access.signal));
    if (answer === 'reject') memory.refusal = rejected(target, presented, question.note);
    else memory.hostKey = { base64: presented.base64, save: answer === 'save' };
    return answer;
  }

  async function askChanged(question: ChangedHostKeyQuestion): Promise<boolean> {
    const { prompts, signal, waits } = access;
    return (await waits.whilePrompt(async () => prompts.changedHostKey?.(question, signal))) ?? false;
  }

  return {
    verify: (blob, decide) => {
      const presented = hostKeyOf(blob);
      if (!presented) return ending.end(handshakeFailure(target, { message: 'malformed host key' }, ''));
      if (accepted) {
        // Immediately: if this waited, the library would send packets during the key exchange, and sshd would disconnect.
        if (accepted.base64 === presented.base64) return decide(true);
        return ending.end(connectionLost(target, { message: 'the host key changed within the session' }));
      }
      verify(presented)
        .then((isTrusted) => {
          // A connection that has ended needs no verdict.
          if (isTrusted && !ending.failure) decide(true);
        })
        .catch((error: Error) => ending.end(protocolFailure(target, error)));
    },
    saveTrusted: async () => {
      if (!save || !accepted) return;
      save = false;
      try {
        await access.hostKeys.trust(knownHostName(target), accepted, replaced);
        if (memory.hostKey) memory.hostKey = { ...memory.hostKey, save: false };
      } catch (error) {
        ending.end(notSaved(target, (error as Error).message));
      }
    },
  };
}

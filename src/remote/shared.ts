import { Keyring } from './keys/keyring.ts';
import { Gate } from './semaphore.ts';
import { SharedJumps } from './shared-jumps.ts';
import { SudoPasswords } from './sudo/passwords.ts';

/** More at once would run into an office router's limits, or into MaxStartups where all nodes stand behind one sshd. */
const DIALS = 16;
const DIALS_BEHIND = 8;

/** What connections have in common: unlocked keys, sudo passwords, open jump hosts; one for the whole application. */
export interface Shared {
  readonly keyring: Keyring;
  readonly jumps: SharedJumps;
  /** How many machines are dialled at once: without a jump host (empty name), and behind each of them. */
  gate(jump: string): Gate;
  readonly passwords: SudoPasswords;
  /** Forgets keys and passwords. */
  forget(): void;
  /** Forgets them and closes the jump hosts; nodes behind them are lost. */
  dispose(): Promise<void>;
}

/** `lingerMs`: how long a jump host stays open after its last user, so that the next run need not log in again. */
export function createShared({ lingerMs = 60_000 }: { readonly lingerMs?: number } = {}): Shared {
  const keyring = new Keyring();
  const jumps = new SharedJumps(lingerMs);
  const passwords = new SudoPasswords();
  const gates = new Map<string, Gate>();
  const forget = () => {
    keyring.clear();
    passwords.clear();
  };
  return {
    keyring,
    jumps,
    gate: (jump) => {
      const gate = gates.get(jump) ?? new Gate(jump === '' ? DIALS : DIALS_BEHIND);
      gates.set(jump, gate);
      return gate;
    },
    passwords,
    forget,
    dispose: () => {
      forget();
      return jumps.dispose();
    },
  };
}

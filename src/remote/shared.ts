import { Keyring } from './keys/keyring.ts';
import { Semaphore } from './semaphore.ts';
import { SharedJumps } from './shared-jumps.ts';
import { SudoPasswords } from './sudo/passwords.ts';

/** More at once could exceed a router's limits, or MaxStartups if all nodes share one sshd. */
const MAX_DIALS = 16;
const MAX_DIALS_VIA_JUMP = 8;

/** What connections share: decrypted keys, sudo passwords, jump hosts; one per application. */
export interface Shared {
  readonly keyring: Keyring;
  readonly jumps: SharedJumps;
  /** Limits simultaneous connections: directly (empty name), and through each jump host. */
  semaphore(jump: string): Semaphore;
  readonly passwords: SudoPasswords;
  /** Clears keys and passwords. */
  forget(): void;
  /** Clears them and closes the jump hosts, which disconnects their nodes. */
  dispose(): Promise<void>;
}

/** `lingerMs`: how long a jump host stays open after its last user, so that the next run need not log in again. */
export function createShared({ lingerMs = 60_000 }: { readonly lingerMs?: number } = {}): Shared {
  const keyring = new Keyring();
  const jumps = new SharedJumps(lingerMs);
  const passwords = new SudoPasswords();
  const semaphores = new Map<string, Semaphore>();
  const forget = () => {
    keyring.clear();
    passwords.clear();
  };
  return {
    keyring,
    jumps,
    semaphore: (jump) => {
      const semaphore = semaphores.get(jump) ?? new Semaphore(jump === '' ? MAX_DIALS : MAX_DIALS_VIA_JUMP);
      semaphores.set(jump, semaphore);
      return semaphore;
    },
    passwords,
    forget,
    dispose: () => {
      forget();
      return jumps.dispose();
    },
  };
}

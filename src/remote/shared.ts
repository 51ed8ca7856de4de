import { Keyring } from './keyring.ts';
import { SharedJumps } from './shared-jumps.ts';
import { SudoPasswords } from './sudo/passwords.ts';

/** What connections have in common: unlocked keys, sudo passwords, open jump hosts; one for the whole application. */
export interface Shared {
  readonly keyring: Keyring;
  readonly jumps: SharedJumps;
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
  const forget = () => {
    keyring.clear();
    passwords.clear();
  };
  return {
    keyring,
    jumps,
    passwords,
    forget,
    dispose: () => {
      forget();
      return jumps.dispose();
    },
  };
}

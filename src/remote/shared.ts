import { Keyring } from './keyring.ts';
import { SharedJumps } from './shared-jumps.ts';

/** What connections have in common: unlocked keys and open jump hosts; one for the whole application. */
export interface Shared {
  readonly keyring: Keyring;
  readonly jumps: SharedJumps;
  /** Forgets the keys and closes the jump hosts; nodes behind them are lost. */
  dispose(): Promise<void>;
}

/** `lingerMs`: how long a jump host stays open after its last user, so that the next run need not log in again. */
export function createShared({ lingerMs = 60_000 }: { readonly lingerMs?: number } = {}): Shared {
  const keyring = new Keyring();
  const jumps = new SharedJumps(lingerMs);
  return {
    keyring,
    jumps,
    dispose: () => {
      keyring.clear();
      return jumps.dispose();
    },
  };
}

import type { Ending } from '../base/ending.ts';
import type { Limits } from '../base/limits.ts';
import type { Client } from '../base/ssh2.ts';
import type { Waits } from '../base/waits.ts';

/** A client after the login; `ending` reports when it is gone. */
export interface Session {
  readonly client: Client;
  readonly ending: Ending;
  readonly limits: Limits;
  readonly waits: Waits;
  /** Call when the peer has opened a channel: from then on, a silent connection counts as dead. */
  watchKeepalive(): void;
  /** Disconnects; safe to call twice. */
  close(): Promise<void>;
}

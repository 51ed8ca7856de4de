import type { Ending } from '../base/ending.ts';
import type { Limits } from '../base/limits.ts';
import type { Client } from '../base/ssh2.ts';

/** A logged-in client; `ending` tells when it is gone. */
export interface Session {
  readonly client: Client;
  readonly ending: Ending;
  readonly limits: Limits;
  /** To be called when the other side has opened a channel: from now on a silent link is a dead one. */
  watchKeepalive(): void;
  /** Says goodbye; safe to call twice. */
  close(): Promise<void>;
}

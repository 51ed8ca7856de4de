import type { Failure } from '../../base/failure.ts';
import type { Command } from '../../shell/command.ts';

/** What a running command sends: bytes as they come (cut anywhere), at last exactly one `exit` or one `lost`. */
export type Output =
  | { readonly type: 'data'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'exit'; readonly code: number | undefined; readonly signal: string | undefined }
  | { readonly type: 'lost'; readonly failure: Failure };

export interface ExecOptions {
  /** The command is at work and gets its input; before that nothing of it has begun, and nothing will if it is given up. */
  readonly onStarted?: () => void;
}

/** One verified, authenticated connection to one node. */
export interface Transport {
  /**
   * Runs a command; an aborted signal closes the channel and ends the iteration with `lost` (code `cancelled`). All that comes
   * before the command has a deadline: the session, the login's start files, sudo.
   */
  exec(command: Command, signal: AbortSignal, heed?: ExecOptions): AsyncIterable<Output>;
  /** Closes the connection; safe to call twice. */
  dispose(): Promise<void>;
}

/** A connection or the reason why there is none; never thrown. */
export type Connected =
  | { readonly ok: true; readonly transport: Transport }
  | { readonly ok: false; readonly failure: Failure };

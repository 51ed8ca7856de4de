import type { Failure } from '../../base/failure.ts';
import type { Command } from '../../shell/command.ts';

/** The output of a running command: chunks of bytes, then exactly one `exit` or `lost`. */
export type Output =
  | { readonly type: 'data'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'exit'; readonly code: number | undefined; readonly signal: string | undefined }
  | { readonly type: 'lost'; readonly failure: Failure };

export interface ExecOptions {
  /** The command has started and receives its input. Until then nothing of it runs, and never will if it is abandoned. */
  readonly onStarted?: () => void;
}

/** A verified, authenticated connection to a node. */
export interface Transport {
  /**
   * Runs a command. If the signal aborts, the channel is closed and the last item is `lost` (code `cancelled`). Everything
   * before the command has a deadline: session, start files, sudo.
   */
  exec(command: Command, signal: AbortSignal, heed?: ExecOptions): AsyncIterable<Output>;
  /** Closes the connection; safe to call twice. */
  dispose(): Promise<void>;
}

/** A connection, or why there is none; never thrown. */
export type Connected =
  | { readonly ok: true; readonly transport: Transport }
  | { readonly ok: false; readonly failure: Failure };

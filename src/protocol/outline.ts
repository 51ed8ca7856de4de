import type { Outline } from '../cluster/outline.ts';

/** Server → client, after every change of a cluster file. */
export const outlineNotification = 'stackprep/outline';

/** `outline` is undefined if the nodes of the file cannot be read; the client then keeps the last good one. */
export interface OutlineParams {
  readonly uri: string;
  readonly outline?: Outline;
  /** Number of errors in the text, also if it has no outline. */
  readonly errors: number;
}

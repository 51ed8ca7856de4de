import { type Message, msg } from '../base/l10n.ts';

/** `3 nodes`. */
export function nodeCount(count: number): Message {
  return count === 1 ? msg('1 node') : msg('{0} nodes', count);
}

/** `8 errors`. */
export function errorCount(count: number): Message {
  return count === 1 ? msg('1 error') : msg('{0} errors', count);
}

/** `3 steps`. */
export function stepCount(count: number): Message {
  return count === 1 ? msg('1 step') : msg('{0} steps', count);
}

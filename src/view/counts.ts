import { type Message, msg } from '../base/l10n.ts';

/** How many nodes there are. */
export function nodeCount(count: number): Message {
  return count === 1 ? msg('1 node') : msg('{0} nodes', count);
}

/** How many steps there are. */
export function stepCount(count: number): Message {
  return count === 1 ? msg('1 step') : msg('{0} steps', count);
}

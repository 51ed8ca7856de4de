import { type Message, msg, plain } from '../base/l10n.ts';

/** `3 nodes`. */
export function nodeCount(count: number): Message {
  return count === 1 ? msg('1 node') : msg('{0} nodes', count);
}

/** `2 nodes unreachable`. */
export function unreachableCount(count: number): Message {
  return count === 1 ? msg('1 node unreachable') : msg('{0} nodes unreachable', count);
}

/** `8 errors`. */
export function errorCount(count: number): Message {
  return count === 1 ? msg('1 error') : msg('{0} errors', count);
}

/** `3 steps`. */
export function stepCount(count: number): Message {
  return count === 1 ? msg('1 step') : msg('{0} steps', count);
}

/** `a, b and 3 more`: the names of some nodes, and how many more there are. */
export function nodeNames(names: readonly string[], most: number): Message {
  const [shown, rest] = [names.slice(0, most).join(', '), names.length - most];
  return rest > 0 ? msg('{0} and {1} more', shown, rest) : plain(shown);
}

/** The same with names of steps, which have another counter in Korean. */
export function stepNames(names: readonly string[], most: number): Message {
  const [shown, rest] = [names.slice(0, most).join(', '), names.length - most];
  return rest > 0 ? msg('{0}, and {1} more', shown, rest) : plain(shown);
}

import type { MessageArg, Pattern } from '../../src/base/l10n.ts';

/** The patterns of a message that are translated, outermost first. */
export function patternsIn(message: MessageArg): readonly Pattern[] {
  if (typeof message !== 'object' || 'plain' in message) return [];
  if ('parts' in message) return message.parts.flatMap(patternsIn);
  return [message, ...message.args.flatMap(patternsIn)];
}

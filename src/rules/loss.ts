import type { Message } from '../base/l10n.ts';
import type { Call } from './call.ts';
import type { RuleContext } from './context.ts';
import type { Word } from './shell-reader.ts';

/** What a command does that nothing takes back, and the word that says so; without one, the whole command. */
export interface Loss {
  readonly message: Message;
  readonly word?: Word | undefined;
}

/** Finds an irreversible loss in a call. */
export type LossFinder = (call: Call, context: RuleContext) => Loss | undefined;

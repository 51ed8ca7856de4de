import { type Message, msg } from '../../base/l10n.ts';

/** What was done to an archive of logs, to be told to whoever sends it on. */
export const exportNote: Message = msg(
  'Private keys, passwords in addresses and values of password, secret and token were masked; host names and addresses are as they were.',
);

import { type Message, msg } from '../../base/l10n.ts';

/** What was done to an archive of logs, for the user who shares it. */
export const exportNote: Message = msg(
  'Private keys, passwords in URLs and values of password, secret and token were masked. Host names and addresses were not.',
);

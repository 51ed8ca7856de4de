import { type Message, msg, plain, type Translate } from '../../base/l10n.ts';
import { type Source, sources } from '../../data/sources.ts';

/** An explanation as Markdown paragraphs; a list is one paragraph. */
export type Page = readonly (Message | readonly Message[])[];

/** The text of an explanation. */
export function markdown(page: Page, translate: Translate): string {
  return page
    .map((part) =>
      'length' in part ? part.map((item) => `- ${translate(item)}`).join('\n') : translate(part),
    )
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Names as code, separated by commas. */
export function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** A paragraph with the sources of the facts, if any. */
export function sourceLine(used: readonly Source[]): Message {
  const names = [...new Set(used)].filter((source) => source !== 'COMMON').map((source) => sources[source]);
  return names.length === 0 ? plain('') : msg('Source: {0}', names.join('; '));
}

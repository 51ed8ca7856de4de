import { type Bundle, type Translate, translator } from '../core/l10n.ts';

/** Reads the l10n bundle out of `initializationOptions`; without one, texts are English. */
export function decodeInitialization(options: unknown): { readonly translate: Translate } {
  const bundle = typeof options === 'object' && options !== null && 'bundle' in options ? options.bundle : {};
  const entries = typeof bundle === 'object' && bundle !== null ? Object.entries(bundle) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { translate: translator(Object.fromEntries(texts) satisfies Bundle) };
}

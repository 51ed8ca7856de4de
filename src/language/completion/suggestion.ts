import { asText } from '../../schema/replace.ts';
import type { Page } from '../explain/page.ts';

/** Something that can stand at the cursor. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference' | 'step' | 'secret' | 'snippet';
  /** What is put into the text, if that is not the label: with places to fill in, as snippets have them. */
  readonly snippet?: string;
  /** A few words behind the label. */
  readonly detail?: string;
  readonly page?: Page;
  /** For what is known and does not fit here: listed last, struck through. */
  readonly isPoor?: boolean;
  /** Opens the list again for the value of a key. */
  readonly goesOn?: boolean;
}

/** A value as YAML has it: in quotes where it would be read as something else than text. */
export function value(word: string, more: Pick<Suggestion, 'detail' | 'page' | 'isPoor'> = {}): Suggestion {
  const text = asText(word);
  return { label: word, kind: 'value', ...(text === word ? {} : { snippet: literal(text) }), ...more };
}

/** Text that a snippet takes as it is. */
export function literal(text: string): string {
  return text.replaceAll(/[\\$}]/g, (char) => `\\${char}`);
}

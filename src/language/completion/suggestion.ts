import { asText } from '../../schema/replace.ts';
import type { Page } from '../explain/page.ts';

/** A suggestion for the word at the cursor. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference' | 'step' | 'secret' | 'snippet';
  /** The inserted text, if it is not the label; in snippet syntax, with placeholders. */
  readonly snippet?: string;
  /** A short description after the label. */
  readonly detail?: string;
  readonly page?: Page;
  /** For known values that are not valid here: listed last, struck through. */
  readonly isPoor?: boolean;
  /** Opens the list again for the value of a key. */
  readonly goesOn?: boolean;
}

/** A value as YAML: quoted if it would otherwise not be read as text. */
export function value(word: string, more: Pick<Suggestion, 'detail' | 'page' | 'isPoor'> = {}): Suggestion {
  const text = asText(word);
  return { label: word, kind: 'value', ...(text === word ? {} : { snippet: literal(text) }), ...more };
}

/** Escapes text for a snippet. */
export function literal(text: string): string {
  return text.replaceAll(/[\\$}]/g, (char) => `\\${char}`);
}

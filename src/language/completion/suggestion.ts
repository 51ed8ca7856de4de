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

import { type Bundle, type Translate, translator } from '../base/l10n.ts';

/** What a client says of its reader. */
export interface Initialization {
  readonly translate: Translate;
  /** URI of the reference page in the reader's language, where the client has one. */
  readonly reference?: string;
  /** Whether the client shows outlines of its own, in the sidebar and as lenses. */
  readonly wantsOutlines?: boolean;
  /** Whether it has the command of VS Code that opens the list of completions. */
  readonly hasSuggestCommand?: boolean;
}

/** Reads what a client says of itself in `initializationOptions`; one that brings no l10n bundle gets `otherwise`. */
export function decodeInitialization(options: unknown, otherwise: Translate): Initialization {
  const given: Readonly<Partial<Record<keyof Initialization | 'bundle', unknown>>> =
    typeof options === 'object' && options !== null ? options : {};
  const bundle = given.bundle ?? {};
  const entries = typeof bundle === 'object' ? Object.entries(bundle) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const { reference } = given;
  return {
    translate:
      given.bundle === undefined ? otherwise : translator(Object.fromEntries(texts) satisfies Bundle),
    ...(typeof reference === 'string' ? { reference } : {}),
    wantsOutlines: given.wantsOutlines === true,
    hasSuggestCommand: given.hasSuggestCommand === true,
  };
}

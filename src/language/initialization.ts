import { type Bundle, type Translate, translator } from '../base/l10n.ts';
import { visibleText } from '../base/visible.ts';

/** What a client reports about its user and itself. */
export interface Initialization {
  readonly translate: Translate;
  /** URI of the reference page in the user's language, if the client has one. */
  readonly reference?: string;
  /** Whether the client shows outlines itself, in the sidebar and as code lenses. */
  readonly wantsOutlines?: boolean;
  /** Whether it has VS Code's command that opens the list of completions. */
  readonly hasSuggestCommand?: boolean;
}

/** Decodes a client's `initializationOptions`; without an l10n bundle, `otherwise` is used. */
export function decodeInitialization(options: unknown, otherwise: Translate): Initialization {
  const given: Readonly<Partial<Record<keyof Initialization | 'bundle', unknown>>> =
    typeof options === 'object' && options !== null ? options : {};
  const bundle = given.bundle ?? {};
  const entries = typeof bundle === 'object' ? Object.entries(bundle) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const { reference } = given;
  const translate =
    given.bundle === undefined ? otherwise : translator(Object.fromEntries(texts) satisfies Bundle);
  return {
    // A message has words of the file, and an editor obeys what turns or hides them.
    translate: (message) => visibleText(translate(message)),
    ...(typeof reference === 'string' ? { reference } : {}),
    wantsOutlines: given.wantsOutlines === true,
    hasSuggestCommand: given.hasSuggestCommand === true,
  };
}

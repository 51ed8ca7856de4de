import { particleAfter } from './korean-particles.ts';
import { own } from './own.ts';

/** A text for the user, as data. */
export type Message = Pattern | Plain | Joined;

/** A text with words: the English pattern (its key in `l10n/bundle.l10n.*.json`) and the values of `{0}`, `{1}`, … */
export interface Pattern {
  readonly text: string;
  readonly args: readonly MessageArg[];
}

/** A text that is the same in every language: a name, an address, a number. */
export interface Plain {
  readonly plain: string;
}

/** Texts joined by a separator, each in the reader's language. */
export interface Joined {
  readonly parts: readonly MessageArg[];
  readonly separator: string;
}

/** A value inside a message: text and numbers are used as they are, messages are translated. */
export type MessageArg = string | number | Message;

/** Translates a message into the reader's language. */
export type Translate = (message: Message) => string;

/** Translations by English pattern, the shape of a VS Code l10n bundle. */
export type Bundle = Readonly<Record<string, string>>;

/** Creates a message; the pattern must be a literal, so that the translation check finds it. */
export function msg(text: string, ...args: readonly MessageArg[]): Pattern {
  return { text, args };
}

/** Creates a message from a text that needs no translation. */
export function plain(text: string): Plain {
  return { plain: text };
}

/** Joins messages; the separator contains no words. */
export function joined(parts: readonly MessageArg[], separator = ''): Joined {
  return { parts, separator };
}

/** The holes of a pattern, each with the closing quote and the Korean particle after it, if any. */
function holes(): RegExp {
  return /\{(\d+)\}(?:([`"'”’)\]]?)(은\(는\)|이\(가\)|을\(를\)|[과와]\([와과]\)|\(으\)로|\(이\)(?:어야)?))?/g;
}

/**
 * A translator for one bundle; a pattern that is missing in it stays English. A Korean particle in both forms after a
 * hole, such as `{0}을(를)`, becomes the form that fits the value. `encode` makes the values and plain texts fit for the output:
 * they may be foreign, while patterns are the program's own.
 */
export function translator(bundle: Bundle, encode: (text: string) => string = (text) => text): Translate {
  const valueText = (value: MessageArg): string =>
    typeof value === 'object' ? translate(value) : encode(String(value));
  const translate: Translate = (message) => {
    if ('plain' in message) return encode(message.plain);
    if ('parts' in message) return message.parts.map(valueText).join(message.separator);
    const { text, args } = message;
    const fill = (hole: string, index: string, close = '', particle = ''): string => {
      const value = args[Number(index)];
      if (value === undefined) return hole;
      const filled = valueText(value);
      return `${filled}${close}${particle && particleAfter(filled, particle)}`;
    };
    return (own(bundle, text) ?? text).replace(holes(), fill);
  };
  return translate;
}

/** The translator into English, the language of the patterns. */
export const english: Translate = translator({});

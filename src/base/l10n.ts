import { own } from './own.ts';

/** A text for a person, as data. */
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

/** Texts one after the other, each in the reader's language, with the same sign between them. */
export interface Joined {
  readonly parts: readonly MessageArg[];
  readonly separator: string;
}

/** A value inside a message: text and numbers stand as they are, a message is translated in its turn. */
export type MessageArg = string | number | Message;

/** Turns a message into the reader's language. */
export type Translate = (message: Message) => string;

/** Translations by English pattern, the shape of a VS Code l10n bundle. */
export type Bundle = Readonly<Record<string, string>>;

/** Makes a message with words; the pattern has to be a literal, so that the check of the translations finds it. */
export function msg(text: string, ...args: readonly MessageArg[]): Pattern {
  return { text, args };
}

/** Makes a message of a text that needs no translation. */
export function plain(text: string): Plain {
  return { plain: text };
}

/** Makes one message of several; the separator, where there is one, has no word in it. */
export function joined(parts: readonly MessageArg[], separator = ''): Joined {
  return { parts, separator };
}

/** A translator over one bundle; a pattern that the bundle lacks stays English. */
export function translator(bundle: Bundle): Translate {
  const valueText = (value: MessageArg): string =>
    typeof value === 'object' ? translate(value) : String(value);
  const translate: Translate = (message) => {
    if ('plain' in message) return message.plain;
    if ('parts' in message) return message.parts.map(valueText).join(message.separator);
    const { text, args } = message;
    return (own(bundle, text) ?? text).replace(/\{(\d+)\}/g, (hole, index: string) => {
      const value = args[Number(index)];
      return value === undefined ? hole : valueText(value);
    });
  };
  return translate;
}

/** The translator into English, the language that the patterns are written in. */
export const english: Translate = translator({});

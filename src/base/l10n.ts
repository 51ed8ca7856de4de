import { own } from './own.ts';

/** A text for a person, as data: the English pattern (its key in `l10n/bundle.l10n.*.json`) and the values of `{0}`, `{1}`, … */
export interface Message {
  readonly text: string;
  readonly args: readonly MessageArg[];
}

/** A value inside a message: text and numbers stand as they are, a message is translated in its turn. */
export type MessageArg = string | number | Message;

/** Turns a message into the reader's language. */
export type Translate = (message: Message) => string;

/** Translations by English pattern, the shape of a VS Code l10n bundle. */
export type Bundle = Readonly<Record<string, string>>;

/** Makes a message; the pattern has to be a literal, so that the check of the translations finds it. */
export function msg(text: string, ...args: readonly MessageArg[]): Message {
  return { text, args };
}

/** A translator over one bundle; a pattern that the bundle lacks stays English. */
export function translator(bundle: Bundle): Translate {
  const translate: Translate = ({ text, args }) =>
    (own(bundle, text) ?? text).replace(/\{(\d+)\}/g, (hole, index: string) => {
      const value = args[Number(index)];
      if (value === undefined) return hole;
      return typeof value === 'object' ? translate(value) : String(value);
    });
  return translate;
}

/** The translator into English, the language that the patterns are written in. */
export const english: Translate = translator({});

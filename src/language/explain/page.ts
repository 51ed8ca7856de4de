import { type Message, type MessageArg, msg, plain, type Translate } from '../../base/l10n.ts';
import { markdownText } from '../../base/markdown.ts';
import { type Source, sources } from '../../data/sources.ts';

/** An explanation as Markdown paragraphs; a list is one paragraph. */
export type Page = readonly (Message | readonly Message[])[];

/** Text of the file inside a code span, which only a backtick ends. */
function insideCode(text: string): string {
  return text.replaceAll('`', 'ˋ').replaceAll(/\s+/g, ' ');
}

/** Text of the file outside code: one with signs of links, images, HTML or code has its punctuation escaped. */
function outsideCode(text: string): string {
  if (!/[`<\\&]|\][([:]|!\[/.test(text)) return text;
  return markdownText(text);
}

/** A message whose values mean nothing to Markdown; `plain` texts are Markdown of this program. */
function encoded(message: Message): Message {
  const valueIn = (arg: MessageArg, isCode: boolean): MessageArg => {
    if (typeof arg === 'number') return arg;
    if (typeof arg !== 'string') return encoded(arg);
    return isCode ? insideCode(arg) : outsideCode(arg);
  };
  if ('parts' in message) return { ...message, parts: message.parts.map((part) => valueIn(part, false)) };
  if ('plain' in message) return message;
  const { text, args } = message;
  return { text, args: args.map((arg, index) => valueIn(arg, text.includes(`\`{${index}}\``))) };
}

/** The text of an explanation. */
export function markdown(page: Page, translate: Translate): string {
  const textOf = (message: Message): string => translate(encoded(message));
  return page
    .map((part) => ('length' in part ? part.map((item) => `- ${textOf(item)}`).join('\n') : textOf(part)))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Names as code, separated by commas. */
export function codes(names: readonly string[]): Message {
  return plain(names.map((name) => `\`${insideCode(name)}\``).join(', '));
}

/** Lines of a file as a block of code, which a line of backticks would end. */
export function codeBlock(language: string, lines: readonly string[]): Message {
  const text = lines.map((line) => line.replaceAll('```', 'ˋˋˋ')).join('\n');
  return plain(lines.length === 0 ? '' : `\`\`\`${language}\n${text}\n\`\`\``);
}

/** A paragraph with the sources of the facts, if any. */
export function sourceLine(used: readonly Source[]): Message {
  const names = [...new Set(used)].filter((source) => source !== 'COMMON').map((source) => sources[source]);
  return names.length === 0 ? plain('') : msg('Source: {0}', names.join('; '));
}

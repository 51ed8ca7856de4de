import { translatedMessages } from './translated-messages.ts';

interface Template {
  /** The texts between the values. */
  readonly parts: readonly string[];
  /** The numbers of the values, in the order of the text. */
  readonly order: readonly number[];
  readonly english: string;
}

function templateOf(text: string, english: string): Template {
  const order = [...text.matchAll(/\{(\d)\}/g)].map(([, index]) => Number(index));
  return { parts: text.split(/\{\d\}/), order, english };
}

const templates: readonly Template[] = translatedMessages.flatMap(({ english, others }) =>
  others.map((text) => templateOf(text, english)),
);

const beyondAscii = /[^\x00-\x7f]/;
/** Templates that a line of ASCII can match. */
const asciiTemplates = templates.filter(({ parts }) => !beyondAscii.test(parts.join('')));

/** The longest word that begins an error in any language, with its colon: `오류: `, `エラー: `. */
const maxLeadLength = 14;

function filled({ parts, order, english }: Template, text: string): string | undefined {
  const [first = '', ...rest] = parts;
  if (!text.startsWith(first)) return undefined;
  const values = new Map<number, string>();
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const isEnd = part === '' && index === rest.length - 1;
    const next = isEnd ? text.length : text.indexOf(part, at);
    if (next < 0 || (part === '' && !isEnd)) return undefined;
    values.set(order[index] ?? index, text.slice(at, next));
    at = next + part.length;
  }
  const message = english.replace(/\{(\d)\}/g, (_, index: string) => values.get(Number(index)) ?? '');
  return message + text.slice(at);
}

/** A line of dnf in English, if it is a message that explanations know in another language. */
export function inEnglish(line: string): string | undefined {
  const text = line.trimStart();
  const colon = text.search(/[:：]/);
  const tail = colon > 0 && colon < maxLeadLength ? text.slice(colon + 1).trimStart() : text;
  for (const template of beyondAscii.test(text) ? templates : asciiTemplates) {
    const found = filled(template, text) ?? (tail === text ? undefined : filled(template, tail));
    if (found !== undefined) return found;
  }
  return undefined;
}

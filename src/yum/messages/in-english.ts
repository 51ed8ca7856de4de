import { once } from '../../base/once.ts';
import { dnfMessages } from './dnf.ts';
import { yum3Messages } from './yum3.ts';

interface Template {
  /** The texts between the values. */
  readonly parts: readonly string[];
  /** The numbers of the values, in the order of the text. */
  readonly order: readonly number[];
  readonly english: string;
}

/** French catalogues have no-break spaces, which pasted logs have lost. */
function withBlanks(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

function templateOf(original: string, english: string): Template {
  const text = withBlanks(original);
  const order = [...text.matchAll(/\{(\d)\}/g)].map(([, index]) => Number(index));
  return { parts: text.split(/\{\d\}/), order, english };
}

const lengthOf = ({ parts }: Template): number => parts.join('').length;

const none: readonly Template[] = [];
/** Templates by the characters that they begin with; '' for those that begin with a value or with fewer. */
const startLength = 3;
const beyondAscii = /[^\x00-\x7f]/;
/** The key of those among the latter that a line of ASCII can match. */
const asciiStart = 'ascii';
/** `para o {0}` comes before `para {0}`. */
function allTemplates(): readonly Template[] {
  const all = [...dnfMessages, ...yum3Messages].flatMap(({ english, others }) =>
    others.map((text) => templateOf(text, english)),
  );
  return all.toSorted((one, other) => lengthOf(other) - lengthOf(one));
}

const templates = once(() => {
  const byStart = new Map<string, Template[]>();
  for (const template of allTemplates()) {
    const first = template.parts[0] ?? '';
    const start = first.length < startLength ? '' : first.slice(0, startLength);
    const isAscii = start === '' && !beyondAscii.test(template.parts.join(''));
    for (const key of isAscii ? [start, asciiStart] : [start]) {
      const same = byStart.get(key);
      if (same) same.push(template);
      else byStart.set(key, [template]);
    }
  }
  return byStart;
});

/** The longest word that begins an error in any language, with its colon: `오류: `, `エラー: `. */
const maxLeadLength = 14;

function filled({ parts, order, english }: Template, text: string): string | undefined {
  if (!text.startsWith(parts[0] ?? '')) return undefined;
  const [first = '', ...rest] = parts;
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

function filledBy(start: string, text: string): string | undefined {
  for (const template of templates().get(start) ?? none) {
    const found = filled(template, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `isAscii` is that of the line; its rest may be ASCII as well. */
function firstFilled(text: string, isAscii: boolean): string | undefined {
  const isPlain = isAscii || !beyondAscii.test(text);
  return filledBy(text.slice(0, startLength), text) ?? filledBy(isPlain ? asciiStart : '', text);
}

/** A line of yum or dnf in English, if it is a known message in another language. */
export function inEnglish(line: string): string | undefined {
  const isAscii = !beyondAscii.test(line);
  const text = isAscii ? line.trimStart() : withBlanks(line.trimStart());
  const found = firstFilled(text, isAscii);
  if (found !== undefined) return found;
  const colon = text.slice(0, maxLeadLength).search(/[:：]/);
  return colon > 0 ? firstFilled(text.slice(colon + 1).trimStart(), isAscii) : undefined;
}

import { type Message, msg } from '../base/l10n.ts';
import type { TextEdit } from '../base/problem.ts';
import { commandStart, longestLine, plainLines, structureOf } from './plain-lines.ts';
import { type Line, lineEndOf, type Slip } from './slip.ts';

/** A character that is taken for one of YAML's. */
interface Alike {
  readonly name: Message;
  /** YAML's own; empty if the character has to go. */
  readonly plain: string;
  readonly plainName: Message;
}

const space = msg('a space');
const colon = msg('a colon');
const comma = msg('a comma');
const bracket = msg('a bracket');
const brace = msg('a brace');
const hyphen = msg('a hyphen');
const nothing = msg('nothing');

const otherSpace: Alike = { name: msg('a Unicode space'), plain: ' ', plainName: space };
const otherBreak: Alike = {
  name: msg('a Unicode line break'),
  plain: '\n',
  plainName: msg('a line break'),
};
const invisible: Alike = { name: msg('an invisible character'), plain: '', plainName: nothing };

/** Characters that look like those of YAML, by the character. Names as in the Unicode Standard, in words. */
const alikes: ReadonlyMap<string, Alike> = new Map([
  ...[...'\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f'].map(
    (char) => [char, otherSpace] as const,
  ),
  ...[...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f'].map((char) => [char, invisible] as const),
  ...[...'\u0085\u2028\u2029'].map((char) => [char, otherBreak] as const),
  ['\u00a0', { name: msg('a no-break space'), plain: ' ', plainName: space }],
  ['\u202f', { name: msg('a no-break space'), plain: ' ', plainName: space }],
  ['\u3000', { name: msg('a full-width space'), plain: ' ', plainName: space }],
  ['\uff1a', { name: msg('a full-width colon'), plain: ':', plainName: colon }],
  ['\ufe55', { name: msg('a small colon'), plain: ':', plainName: colon }],
  ['\uff0c', { name: msg('a full-width comma'), plain: ',', plainName: comma }],
  ['\u3001', { name: msg('an ideographic comma'), plain: ',', plainName: comma }],
  ['\uff3b', { name: msg('a full-width bracket'), plain: '[', plainName: bracket }],
  ['\uff3d', { name: msg('a full-width bracket'), plain: ']', plainName: bracket }],
  ['\uff5b', { name: msg('a full-width brace'), plain: '{', plainName: brace }],
  ['\uff5d', { name: msg('a full-width brace'), plain: '}', plainName: brace }],
  ['\uff0d', { name: msg('a full-width hyphen'), plain: '-', plainName: hyphen }],
  ['\u2010', { name: msg('a Unicode hyphen'), plain: '-', plainName: hyphen }],
  ['\u2011', { name: msg('a no-break hyphen'), plain: '-', plainName: hyphen }],
  ['\u2013', { name: msg('a dash'), plain: '-', plainName: hyphen }],
  ['\u2014', { name: msg('a dash'), plain: '-', plainName: hyphen }],
  ['\u2212', { name: msg('a minus sign'), plain: '-', plainName: hyphen }],
  ['\u2022', { name: msg('a bullet'), plain: '-', plainName: hyphen }],
  ['\u00b7', { name: msg('a middle dot'), plain: '-', plainName: hyphen }],
]);

const anyAlike = new RegExp(`[${[...alikes.keys()].join('')}]`);

/** Whether a key, and nothing else, is between the begin of its pair and an offset. */
const keyBefore =
  /(?:^|[{,\uff5b\uff0c\u3001])[\s\u00a0\u3000]*(?:-[\s\u00a0\u3000]+)*["'\u201c\u201d]?[\w.[\]/-]+["'\u201c\u201d]?[ \t]*$/;

/** How deep in brackets an offset is, with those that only look like some. */
function depthAt(line: string, at: number): number {
  let depth = 0;
  for (const char of line.slice(0, at)) {
    if (/[[{\uff3b\uff5b]/.test(char)) depth += 1;
    else if (/[\]}\uff3d\uff5d]/.test(char)) depth -= 1;
  }
  return depth;
}

/** Whether a character is where YAML needs the one that it looks like. */
function isMeant(line: string, at: number, { plain }: Alike): boolean {
  const [before, after] = [line.slice(0, at), line.slice(at + 1)];
  switch (plain) {
    case '':
    case '\n':
      return true;
    case ' ':
      return (
        /^[\s\u200b]*$/.test(before) ||
        /(?:^|\s)(?:-|[\w"'\]]+:)[\s\u200b]*$/.test(before) ||
        /^\s*#/.test(after)
      );
    case ':':
      return keyBefore.test(before);
    case ',':
      return depthAt(line, at) > 0;
    case '[':
    case '{':
      return /(?:[:,[{\uff1a\uff0c\uff3b\uff5b]|(?:^|\s)-)[\s\u00a0\u3000]*$/.test(before);
    case ']':
    case '}':
      return depthAt(line, at) > 0;
    default:
      return before.trim() === '' && /^[\s\u00a0\u3000]/.test(after);
  }
}

function slipOf({ start, text }: Line, lineEnd: string): Slip | undefined {
  const isOpen = structureOf(text);
  const limit = commandStart(text);
  const edits: TextEdit[] = [];
  const readAs: TextEdit[] = [];
  let first: { readonly at: number; readonly char: string; readonly alike: Alike } | undefined;
  text.split('').forEach((char, at) => {
    const alike = alikes.get(char);
    if (!alike || at > limit || !isOpen(at) || !isMeant(text, at, alike)) return;
    const span = { start: start + at, end: start + at + 1 };
    first ??= { at, char, alike };
    const gap = alike.plain === ':' && !/[\s\u00a0\u3000]|^$/.test(text[at + 1] ?? '') ? ' ' : '';
    edits.push({ span, text: alike.plain === '\n' ? lineEnd : alike.plain + gap });
    readAs.push({ span, text: alike.plain || ' ' });
  });
  if (!first) return undefined;
  const { at, char, alike } = first;
  const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    span: { start: start + at, end: start + at + 1 },
    message:
      alike === invisible
        ? msg('Here is {0} ({1}), probably pasted. Remove it.', alike.name, code)
        : msg(
            'Here is {0} ({1}). It looks like {2}, but YAML needs {2} itself.',
            alike.name,
            code,
            alike.plainName,
          ),
    fix: { title: alike === invisible ? msg('Remove it') : msg('Change to {0}', alike.plainName), edits },
    readAs,
  };
}

/** Whether a text has one of the characters anywhere but at its start, where a byte order mark is. */
function hasAlike(text: string): boolean {
  const first = text.search(anyAlike);
  return first > 0 || (first === 0 && (text[0] !== '\ufeff' || anyAlike.test(text.slice(1))));
}

/** The characters that look like those of YAML, where one of them is needed, line by line. */
export function lookalikes(text: string): readonly Slip[] {
  if (!hasAlike(text)) return [];
  const slips: Slip[] = [];
  for (const line of plainLines(text, anyAlike)) {
    // A byte order mark at the start of a file is none of its characters.
    const isMarked = line.start === 0 && line.text.startsWith('\ufeff');
    const read = isMarked ? { start: 1, text: line.text.slice(1) } : line;
    const isOne = read.text.length <= longestLine && anyAlike.test(read.text);
    const slip = isOne ? slipOf(read, lineEndOf(text)) : undefined;
    if (slip) slips.push(slip);
  }
  return slips;
}

/** The ASCII text that a text with curly quotes or full-width characters was meant to be; undefined if it has none. */
export function asciiMeant(text: string): string | undefined {
  const plain = text
    .replaceAll(/[\u201c\u201d\u201e\uff02]/g, '"')
    .replaceAll(/[\u2018\u2019\u201a\uff07]/g, "'")
    .replaceAll(/[\u2010-\u2014\u2212\uff0d]/g, '-')
    .replaceAll(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replaceAll(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replaceAll('\u3002', '.');
  return plain === text ? undefined : plain;
}

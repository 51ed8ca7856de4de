import { type Message, msg } from '../base/l10n.ts';
import type { TextEdit } from '../base/problem.ts';
import { quotedText } from './command.ts';
import { commandStart, commentStart, structureOf } from './plain-lines.ts';
import { asText } from './replace.ts';
import type { Line } from './slip.ts';

/** The probable intention of text that YAML refuses; tried before it is offered. */
export interface Repair {
  /** The line of the cause, by its index. */
  readonly line: number;
  readonly message: Message;
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

type Finder = (lines: readonly Line[], index: number) => readonly Repair[];

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function insert(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}

function textAt(lines: readonly Line[], index: number): string {
  return lines[index]?.text ?? '';
}

/** A quote that opens in a line and does not close there. */
export function openQuoteOf({ text }: Line): { readonly at: number; readonly quote: string } | undefined {
  let open: { at: number; quote: string } | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (open) {
      if (char === '\\' && open.quote === '"') at += 1;
      else if (char === open.quote) open = undefined;
    } else if ((char === '"' || char === "'") && /[\s:,[{-]/.test(text[at - 1] ?? ' '))
      open = { at, quote: char };
    else if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) return undefined;
  }
  return open;
}

const openQuote: Finder = (lines, index) => {
  const line = lines[index];
  const open = line && openQuoteOf(line);
  if (!line || !open || commandStart(line.text) < open.at) return [];
  const rest = line.text.slice(open.at + 1);
  const isFlow = /[[{]/.test(line.text.slice(0, open.at));
  const inner = isFlow ? rest.search(/[,\]}]/) : -1;
  const length =
    inner === -1 ? rest.slice(0, commentStart(rest)).trimEnd().length : rest.slice(0, inner).trimEnd().length;
  const end = line.start + open.at + 1 + length;
  const other = open.quote === '"' ? "'" : '"';
  // Text that ends with the other quote, and has none before it, begins with the wrong one.
  const isMixed = length > 0 && rest.indexOf(other) === length - 1;
  const close = isMixed ? { span: { start: end - 1, end }, text: open.quote } : insert(end, open.quote);
  return [
    {
      line: index,
      message: msg('This quote is not closed, so YAML reads the lines below as part of the text.'),
      title: msg('Close the quote'),
      edits: [close],
    },
  ];
};

/** Lines that begin with tabs; all of them, since a file has them throughout. */
const tabs: Finder = (lines, index) => {
  if (!/^ *\t/.test(textAt(lines, index))) return [];
  const tabbed = lines.filter(({ text }) => /^ *\t[ \t]*\S/.test(text));
  const before = textAt(lines, index - 1);
  const isLone = tabbed.length === 1 && before.trim() !== '' && !/:[ \t]*(?:#|$)/.test(before);
  const leads = [2, 4, 8].map((width) => (lead: string) => lead.replaceAll('\t', ' '.repeat(width)));
  // A single line with a tab belongs to the line before it.
  const neighbor = isLone ? [() => ' '.repeat(indentOf(before))] : [];
  return [...neighbor, ...leads].map((leadOf) => ({
    line: index,
    message: msg('YAML does not allow tabs for indentation. Use spaces.'),
    title: msg('Change the tabs to spaces'),
    edits: tabbed.map(({ start, text }) => {
      const lead = /^[ \t]*/.exec(text)?.[0] ?? '';
      return { span: { start, end: start + lead.length }, text: leadOf(lead) };
    }),
  }));
};

/** A line that is indented by some blanks more or less than its neighbors. */
const indentation: Finder = (lines, index) => {
  const line = lines[index];
  if (!line || line.text.trim() === '') return [];
  const width = indentOf(line.text);
  const near = [index - 1, index - 2, index - 3, index + 1, index + 2];
  const widths = new Set(
    near.flatMap((place) => (textAt(lines, place).trim() === '' ? [] : [indentOf(textAt(lines, place))])),
  );
  const targets = [...widths].filter((other) => other !== width && Math.abs(other - width) <= 3);
  return targets
    .sort((a, b) => Math.abs(a - width) - Math.abs(b - width))
    .map((target) => ({
      line: index,
      message: msg(
        'This line begins with {0} spaces; the lines next to it with {1}. Lines of one map begin in one column.',
        width,
        target,
      ),
      title: msg('Indent it by {0} spaces', target),
      edits: [{ span: { start: line.start, end: line.start + width }, text: ' '.repeat(target) }],
    }));
};

const header = /^( *(?:- +)*)[\w-]+:[ \t]+[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$/;

/** Text after `|` that is not indented more than its key. */
const blockText: Finder = (lines, index) => {
  let head = index;
  while (head >= 0 && index - head < 20 && !header.test(textAt(lines, head))) head -= 1;
  const column = header.exec(textAt(lines, head))?.[1]?.length;
  if (column === undefined) return [];
  const edits: TextEdit[] = [];
  let first: number | undefined;
  for (let at = head + 1; at < lines.length; at += 1) {
    const { start, text } = lines[at] ?? { start: 0, text: '' };
    if (text.trim() === '') continue;
    const width = indentOf(text);
    if (width > column) break;
    if (width < column && /^ *(?:-(?: |$)|[\w-]+:(?:\s|$))/.test(text)) break;
    if (width === column && /^ *[\w-]+:(?:\s|$)/.test(text)) break;
    if (first === undefined && width > column) break;
    first ??= at;
    edits.push({ span: { start, end: start + width }, text: ' '.repeat(column + 2) });
  }
  if (first === undefined) return [];
  const message = msg('The text after `{0}` must be indented more than its key.', '|');
  return [{ line: first, message, title: msg('Indent the text'), edits }];
};

const pair = /^( *(?:- +)*[\w.-]+:[ \t]+)([^"'[{|>&*!#\s].*)$/;

/** A value with a colon and a blank, which begins another map. */
const colonInValue: Finder = (lines, index) => {
  const line = lines[index];
  const [, lead = '', rest = ''] = pair.exec(line?.text ?? '') ?? [];
  const value = rest.slice(0, commentStart(rest)).trimEnd();
  if (!line || !/:(?:\s|$)/.test(value)) return [];
  const start = line.start + lead.length;
  return [
    {
      line: index,
      message: msg('A colon and a space begin a map. Put the value in quotes: {0}.', quotedText(value)),
      title: msg('Put the value in quotes'),
      edits: [{ span: { start, end: start + value.length }, text: quotedText(value) }],
    },
  ];
};

/** Notations of other languages: `key = value`, `// comment`, a list item without its dash, a key without its colon. */
const otherNotation: Finder = (lines, index) => {
  const line = lines[index];
  if (!line) return [];
  const { start, text } = line;
  const found: Repair[] = [];
  const [, key, sign = '', value = ''] = /^(\s*(?:- +)?[\w.-]+)(\s*=>?\s*)(\S.*)$/.exec(text) ?? [];
  if (key !== undefined) {
    const from = start + key.length;
    const edits = [{ span: { start: from, end: from + sign.length }, text: ': ' }];
    found.push({
      line: index,
      message: msg('YAML has a colon between key and value: {0}.', `${key.trim()}: ${value}`),
      title: msg('Change to {0}', ':'),
      edits,
    });
  }
  const [, lead, comment] = /^(\s*)(\/\/+|;+|--(?!-))/.exec(text) ?? [];
  if (lead !== undefined && comment !== undefined) {
    const from = start + lead.length;
    const edits = [{ span: { start: from, end: from + comment.length }, text: '#' }];
    found.push({
      line: index,
      message: msg('A comment in YAML begins with #, not with {0}.', comment),
      title: msg('Change to {0}', '#'),
      edits,
    });
  }
  const word = /^( *)(\w[\w.-]*)[ \t]*$/.exec(text);
  if (word?.[2] !== undefined) {
    const at = start + (word[1]?.length ?? 0);
    found.push({
      line: index,
      message: msg('Each item of a list begins with a hyphen and a space.'),
      title: msg('Change to {0}', `- ${asText(word[2])}`),
      edits: [insert(at, '- ')],
    });
    found.push({
      line: index,
      message: msg('A colon is missing after {0}.', word[2]),
      title: msg('Change to {0}', `${word[2]}:`),
      edits: [insert(at + word[2].length, ':')],
    });
  }
  return found;
};

/** A key or a hyphen without the space after it. */
const gluedSign: Finder = (lines, index) => {
  const line = lines[index];
  if (!line) return [];
  const { start, text } = line;
  const found: Repair[] = [];
  const glued = /^(\s*(?:- +)?[\w.-]+:)(?=[^\s:/])/.exec(text)?.[1];
  if (glued !== undefined)
    found.push({
      line: index,
      message: msg('A space is missing after {0}', glued.trim()),
      title: msg('Put a space after {0}', glued.trim()),
      edits: [insert(start + glued.length, ' ')],
    });
  const dash = /^(\s*)-(?=[^\s-])/.exec(text)?.[1];
  if (dash !== undefined)
    found.push({
      line: index,
      message: msg('Each item of a list begins with a hyphen and a space.'),
      title: msg('Put a space after {0}', '-'),
      edits: [insert(start + dash.length + 1, ' ')],
    });
  return found;
};

/** The edits that close the brackets of a text: before one that closes an outer bracket, or at the end. */
function closings(text: string, start: number): readonly TextEdit[] {
  const isPlain = structureOf(text);
  const open: string[] = [];
  const edits: TextEdit[] = [];
  const signs = [...text.matchAll(/[[\]{}]/g)].filter(({ index }) => isPlain(index));
  for (const { index, 0: sign } of signs) {
    if (sign === '[' || sign === '{') open.push(sign === '[' ? ']' : '}');
    else if (sign === open.at(-1)) open.pop();
    else if (open.length > 1 && sign === open.at(-2)) {
      edits.push(insert(start + index, open.at(-1) ?? ''));
      open.splice(-2);
    }
  }
  if (open.length > 0) edits.push(insert(start + text.length, open.reverse().join('')));
  return edits;
}

/** A bracket or a brace that is not closed in its line. */
const openBracket: Finder = (lines, index) => {
  const line = lines[index];
  if (!line || !/[[{]/.test(line.text)) return [];
  const edits = closings(line.text.slice(0, commentStart(line.text)).trimEnd(), line.start);
  const missing = edits.map((edit) => edit.text).join(' ');
  if (edits.length === 0) return [];
  const message = msg('A bracket is not closed in this line. {0} is missing.', missing);
  return [{ line: index, message, title: msg('Add {0}', missing), edits }];
};

/** A key whose quote does not close before the colon. */
const quotedKey: Finder = (lines, index) => {
  const line = lines[index];
  const [lead, quote = ''] = /^ *(?:- +)?(["'])[\w.[\]:-]*[\w.\]](?=:\s)/.exec(line?.text ?? '') ?? [];
  if (!line || lead === undefined) return [];
  const message = msg('The quote of the key is not closed before the colon.');
  return [
    { line: index, message, title: msg('Close the quote'), edits: [insert(line.start + lead.length, quote)] },
  ];
};

const finders: readonly Finder[] = [
  tabs,
  blockText,
  quotedKey,
  openQuote,
  openBracket,
  colonInValue,
  otherNotation,
  gluedSign,
];

/** What may have been meant at a line where YAML reports an error, or next to it; the likeliest first. */
export function repairsAt(lines: readonly Line[], index: number): readonly Repair[] {
  const places = [index, index - 1, index + 1];
  const repairs = finders.flatMap((find) => places.flatMap((place) => find(lines, place)));
  // Of two lines in different columns, the later one is the slip.
  return [...repairs, ...[index + 1, index, index - 1].flatMap((place) => indentation(lines, place))];
}

/** The repairs for quotes that do not close in their line, from the top of the file. */
export function openQuotes(lines: readonly Line[]): readonly Repair[] {
  return lines.flatMap((_, index) => [...quotedKey(lines, index), ...openQuote(lines, index)]);
}

/** A part of a text that can be parsed separately: the rest does not affect its meaning. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** `head` is before the first key, `section` starts with a top-level key, `entry` with a key of a divided section. */
  readonly role: 'head' | 'section' | 'entry';
}

/** A line that continues, or may continue, an earlier pair. */
const looseEnd = /^[ \t]+:(?=\s|$)/m;
/** Characters that start something other than a plain or quoted key. */
const special = new Set(['?', ':', '|', '>', '&', '!', '*', '%', '@', '`', '[', '{', ',', '-', '\ufeff']);
/** Unindented characters that belong to an earlier value. */
const inside = new Set(['', '\n', '\r', ' ', '\t', '#', ']', '}']);

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function matches(expression: RegExp, text: string, offset: number): boolean {
  expression.lastIndex = offset;
  return expression.test(text);
}

/** Classifies an unindented line; `strange` prevents dividing the text. */
function atMargin(text: string, offset: number, isFirst: boolean): 'inside' | 'key' | 'strange' {
  const char = text[offset] ?? '';
  if (isFirst && matches(/(?:---)?[ \t]*(?:#.*)?(?=\r?\n|$)/y, text, offset)) return 'inside';
  if (inside.has(char) || matches(/-(?=[ \t\r\n]|$)/y, text, offset)) return isFirst ? 'strange' : 'inside';
  return special.has(char) || matches(/\.\.\.(?=\s|$)/y, text, offset) ? 'strange' : 'key';
}

/** The cuts of a section whose key is alone on its line, at the entries of its map; empty for any other form. */
function entryCuts(text: string, { start, end }: Cut): readonly Cut[] {
  let indent = 0;
  let last = start;
  const cuts: Cut[] = [];
  for (let line = lineEnd(text, start); line < end; line = lineEnd(text, line)) {
    let column = 0;
    while (text[line + column] === ' ') column += 1;
    const char = text[line + column] ?? '';
    if (inside.has(char) && char !== '\t') continue;
    if (indent === 0) indent = column;
    if (column > indent) continue;
    if (column === 0 || special.has(char)) return [];
    if (column < indent || char === '\t') continue;
    cuts.push({ start: last, end: line, role: cuts.length === 0 ? 'section' : 'entry' });
    last = line;
  }
  return cuts.length === 0 ? [] : [...cuts, { start: last, end, role: 'entry' }];
}

/**
 * Divides a block map at its keys and at the entries of the sections in `divided`;
 * undefined for any other form, which must be parsed as a whole.
 */
export function cutText(text: string, divided: readonly string[]): readonly Cut[] | undefined {
  if (looseEnd.test(text)) return undefined;
  const cuts: Cut[] = [];
  const alone = new RegExp(`(?:${divided.join('|')}):[ \\t]*(?:#.*)?(?=\\r?\\n)`, 'y');
  const close = (start: number, end: number, isHead: boolean): void => {
    const cut: Cut = { start, end, role: isHead ? 'head' : 'section' };
    const entries = !isHead && matches(alone, text, start) ? entryCuts(text, cut) : [];
    for (const entry of entries) cuts.push(entry);
    if (entries.length === 0 && end > start) cuts.push(cut);
  };
  let last = 0;
  let isFirst = true;
  for (let line = 0; line < text.length; line = lineEnd(text, line)) {
    const found = atMargin(text, line, isFirst);
    if (found === 'strange') return undefined;
    if (found === 'inside') continue;
    close(last, line, isFirst);
    last = line;
    isFirst = false;
  }
  if (isFirst) return undefined;
  close(last, text.length, false);
  return cuts;
}

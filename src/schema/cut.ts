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

/** The lines of a span where an entry of a map starts, and their indent; undefined if the map cannot be cut there. */
function entryStarts(
  text: string,
  { start, end }: Pick<Cut, 'start' | 'end'>,
  given = 0,
): { readonly starts: readonly number[]; readonly indent: number } | undefined {
  let indent = given;
  const starts: number[] = [];
  for (let line = start; line < end; line = lineEnd(text, line)) {
    let column = 0;
    while (text[line + column] === ' ') column += 1;
    const char = text[line + column] ?? '';
    if (inside.has(char) && char !== '\t') continue;
    if (indent === 0) indent = column;
    if (column > indent) continue;
    if (column === 0 || special.has(char)) return undefined;
    if (column === indent && char !== '\t') starts.push(line);
  }
  return { starts, indent };
}

/** The cuts at the starts of entries, up to `end`. */
function entriesAt(starts: readonly number[], end: number): readonly Cut[] {
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? end, role: 'entry' }));
}

/** The cuts of a section whose key is alone on its line, at the entries of its map; empty for any other form. */
function entryCuts(text: string, { start, end }: Cut): readonly Cut[] {
  const found = entryStarts(text, { start: lineEnd(text, start), end });
  const [first] = found?.starts ?? [];
  if (!found || first === undefined) return [];
  return [{ start, end: first, role: 'section' }, ...entriesAt(found.starts, end)];
}

/**
 * Cuts whole lines of a text at entries, the first of which starts there as before an edit; undefined if the edit may
 * change how other lines are cut.
 */
export function recutEntries(text: string, span: Pick<Cut, 'start' | 'end'>): readonly Cut[] | undefined {
  const { start, end } = span;
  let indent = 0;
  while (text[start + indent] === ' ') indent += 1;
  const starts = indent === 0 ? undefined : entryStarts(text, span, indent)?.starts;
  if (starts?.[0] !== start || looseEnd.test(text.slice(start, end))) return undefined;
  return entriesAt(starts, end);
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

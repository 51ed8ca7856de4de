import type { TextEdit } from '../../base/problem.ts';
import type { Layout } from './layout.ts';

interface Line {
  readonly start: number;
  /** Without the line end. */
  readonly text: string;
  readonly ending: string;
}

/** The lines of a text with their ends. */
function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split(/(?<=\n)/).map((whole) => {
    const ending = /\r?\n$/.exec(whole)?.[0] ?? '';
    const line = { start, text: whole.slice(0, whole.length - ending.length), ending };
    start += whole.length;
    return line;
  });
}

const indentOf = (text: string): number => /^ */.exec(text)?.[0].length ?? 0;

/** The indentation of a comment: that of the next line with a word, or of the last one that it is level with. */
function commentIndent(
  lines: readonly Line[],
  index: number,
  { indents, shifts }: Layout,
): number | undefined {
  const text = lines[index]?.text ?? '';
  // A tab has no width of its own; such a comment goes with the next word.
  const own = /^ *\t/.test(text) ? undefined : indentOf(text);
  const isLevel = (line: number): boolean =>
    indents.has(line) && (own === undefined || indentOf(lines[line]?.text ?? '') === own);
  for (let line = index + 1; line < lines.length && !shifts.has(line); line += 1) {
    if (!indents.has(line)) continue;
    if (isLevel(line)) return indents.get(line);
    break;
  }
  for (let line = index - 1; line >= 0; line -= 1) if (isLevel(line)) return indents.get(line);
  return undefined;
}

/** Edits of white space at the beginning and end of lines, and of needless empty lines. */
export function lineEdits(text: string, layout: Layout): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const put = (start: number, end: number, wanted: string): void => {
    if (text.slice(start, end) !== wanted) edits.push({ span: { start, end }, text: wanted });
  };
  const lines = linesOf(text);
  const isFixed = (index: number): boolean => layout.shifts.has(index) && !layout.indents.has(index);
  const last = lines.findLastIndex((line, index) => line.text.trim() !== '' || isFixed(index));
  let wasEmpty = true;
  lines.forEach(({ start, text: line, ending }, index) => {
    const lead = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const end = start + line.length;
    const isEmpty = line.trim() === '' && !isFixed(index);
    if (isEmpty && (wasEmpty || index > last)) put(start, end + ending.length, '');
    else if (isEmpty) put(start, end, '');
    else if (isFixed(index)) {
      const width = lead + (layout.shifts.get(index) ?? 0);
      if (width >= 0 && line.trim() !== '') put(start, start + lead, ' '.repeat(width));
    } else {
      const isComment = line[lead] === '#';
      const indent = isComment ? commentIndent(lines, index, layout) : layout.indents.get(index);
      if (indent !== undefined) put(start, start + lead, ' '.repeat(indent));
      put(start + line.trimEnd().length, end, '');
      if (ending === '') put(end, end, /\r\n/.test(text) ? '\r\n' : '\n');
    }
    wasEmpty = isEmpty;
  });
  return edits;
}

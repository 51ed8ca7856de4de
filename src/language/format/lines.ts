import type { TextEdit } from '../../base/problem.ts';
import type { Layout } from './layout.ts';

interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly text: string;
  readonly ending: string;
}

/** The lines of a text with their line breaks. */
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
/** Number of leading blanks and tabs of a line. */
const leadOf = (text: string): number => /^[ \t]*/.exec(text)?.[0].length ?? 0;

/** The indentation of a comment: that of the next non-comment line, or of the previous one with the same indentation. */
function commentIndent(
  lines: readonly Line[],
  index: number,
  { indents, shifts }: Layout,
): number | undefined {
  const text = lines[index]?.text ?? '';
  // The width of a tab is undefined; such a comment is aligned with the next word.
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

function edit(start: number, end: number, text: string): TextEdit {
  return { span: { start, end }, text };
}

/** A line that is shifted together with its parent and otherwise unchanged. */
function moved({ start, text }: Line, shift: number): readonly TextEdit[] {
  const lead = leadOf(text);
  const width = lead + shift;
  return width >= 0 && text.trim() !== '' ? [edit(start, start + lead, ' '.repeat(width))] : [];
}

/** A line with new indentation, without trailing white space, and with a line break. */
function tidied({ start, text, ending }: Line, indent: number | undefined, newline: string) {
  const end = start + text.length;
  return [
    ...(indent === undefined ? [] : [edit(start, start + leadOf(text), ' '.repeat(indent))]),
    edit(start + text.trimEnd().length, end, ''),
    ...(ending === '' ? [edit(end, end, newline)] : []),
  ];
}

/** Edits of leading and trailing white space, and of superfluous empty lines. */
export function lineEdits(text: string, layout: Layout): readonly TextEdit[] {
  const { shifts, indents } = layout;
  const lines = linesOf(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const isFixed = (index: number): boolean => shifts.has(index) && !indents.has(index);
  const isEmpty = (line: Line, index: number): boolean => line.text.trim() === '' && !isFixed(index);
  const last = lines.findLastIndex((line, index) => !isEmpty(line, index));
  let wasEmpty = true;
  const wanted = lines.flatMap((line, index) => {
    const isNeedless = wasEmpty || index > last;
    wasEmpty = isEmpty(line, index);
    const { start, ending } = line;
    const end = start + line.text.length;
    if (wasEmpty) return edit(start, isNeedless ? end + ending.length : end, '');
    if (isFixed(index)) return moved(line, shifts.get(index) ?? 0);
    const isComment = line.text[leadOf(line.text)] === '#';
    const indent = isComment ? commentIndent(lines, index, layout) : indents.get(index);
    return tidied(line, indent, newline);
  });
  return wanted.filter(({ span, text: after }) => text.slice(span.start, span.end) !== after);
}

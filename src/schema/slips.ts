import { msg } from '../base/l10n.ts';
import type { Span, TextEdit } from '../base/problem.ts';
import { lookalikes } from './lookalikes.ts';
import { pastedMarks } from './pasted-marks.ts';
import { blank, lineEndOf, linesWith, type Slip } from './slip.ts';
import { openTemplates } from './templates.ts';

/** A text as it is read, of the same length, with the slips that were read as something else. */
export interface Cleaned {
  readonly text: string;
  readonly slips: readonly Slip[];
}

/** The edit that removes the lines from one to another, with their line breaks. */
function removed(text: string, { start, end }: Span): TextEdit {
  const next = text.indexOf('\n', end);
  return { span: { start, end: next === -1 ? text.length : next + 1 }, text: '' };
}

/** The conflict that a merge left; of its two sides, the first is read. */
function conflicts(text: string): readonly Slip[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  const marks = linesWith(text, /^(?:<{7}|={7}|\|{7}|>{7})(?=\s|$)/);
  const slips: Slip[] = [];
  marks.forEach(({ start, text: line }, index) => {
    const before = marks[index - 1]?.text[0];
    if (line[0] !== '<' && before !== undefined && before !== '>') return;
    const last = marks.findIndex((mark, place) => place >= index && mark.text.startsWith('>'));
    const group = marks.slice(index, last === -1 ? undefined : last + 1);
    const other = group.find((mark) => /^[=|]/.test(mark.text));
    const close = group.at(-1);
    const end = close ? close.start + close.text.length : start + line.length;
    slips.push({
      span: { start, end: start + line.length },
      message: msg(
        'A merge left its conflict markers: {0}. Keep one of the two sides, and delete the markers.',
        line.slice(0, 40),
      ),
      readAs: [blank({ start, end: start + line.length }), blankLines(text, other?.start ?? start, end)],
    });
  });
  return slips;
}

/** Blanks lines, but keeps their line breaks. */
function blankLines(text: string, start: number, end: number): TextEdit {
  return { span: { start, end }, text: text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') };
}

/** The fence of a block of code in Markdown, pasted with its contents. */
function fences(text: string): readonly Slip[] {
  if (!text.includes('```') && !text.includes('~~~')) return [];
  const lines = linesWith(text, /^(?:```|~~~)[ \t]*(?:\w+[ \t]*)?\r?$/);
  const [first] = lines;
  if (!first) return [];
  const spans = lines.map(({ start, text: line }) => ({ start, end: start + line.length }));
  return [
    {
      span: { start: first.start, end: first.start + first.text.length },
      message: msg('{0} is the frame of code in Markdown, not YAML. Remove it.', first.text.slice(0, 40)),
      fix: {
        title: msg('Remove {0}', first.text.slice(0, 40)),
        edits: spans.map((span) => removed(text, span)),
      },
      readAs: spans.map(blank),
    },
  ];
}

/** Line breaks of old Macintosh programs, which the parser does not read as such: one problem, however many there are. */
function loneReturns(text: string): readonly Slip[] {
  const found = text.includes('\r') ? [...text.matchAll(/\r(?!\n)/g)] : [];
  const [first] = found;
  if (!first) return [];
  const edits = found.map(({ index }) => ({ span: { start: index, end: index + 1 }, text: lineEndOf(text) }));
  return [
    {
      span: { start: first.index, end: first.index + 1 },
      message: msg(
        'Here is {0} ({1}). It looks like {2}, but YAML needs {2} itself.',
        'CR',
        'U+000D',
        msg('a line break'),
      ),
      fix: { title: msg('Change to {0}', msg('a line break')), edits },
      readAs: edits.map(({ span }) => ({ span, text: '\n' })),
    },
  ];
}

/** Reads a text without its slips. */
export function cleanText(text: string): Cleaned {
  const slips = [
    ...loneReturns(text),
    ...conflicts(text),
    ...fences(text),
    ...pastedMarks(text),
    ...lookalikes(text),
    ...openTemplates(text),
  ];
  if (slips.length === 0) return { text, slips };
  let clean = '';
  let at = 0;
  const edits = slips.flatMap(({ readAs }) => readAs).sort((a, b) => a.span.start - b.span.start);
  for (const { span, text: put } of edits) {
    if (span.start < at) continue;
    clean += text.slice(at, span.start) + put;
    at = span.end;
  }
  return { text: clean + text.slice(at), slips };
}

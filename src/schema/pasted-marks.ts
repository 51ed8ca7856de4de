import { msg } from '../base/l10n.ts';
import type { TextEdit } from '../base/problem.ts';
import { type Line, lineAt, linesWith, type Slip } from './slip.ts';

/** One problem for marks at the begin of lines; each line is read without its mark, and with blanks at its end. */
function slipOf(marked: readonly (Line & { readonly mark: string })[], text: string): readonly Slip[] {
  const [first] = marked;
  if (!first) return [];
  const edits = marked.map(
    ({ start, mark }): TextEdit => ({
      span: { start, end: start + mark.length },
      text: '',
    }),
  );
  return [
    {
      span: { start: first.start, end: first.start + first.mark.length },
      message: msg(
        '{0} at the beginning of lines is not YAML: it was copied with them. Remove it.',
        first.mark.trim(),
      ),
      fix: { title: msg('Remove it from all lines'), edits },
      readAs: marked.map(({ start, mark, text: line }) => ({
        span: { start, end: start + line.length },
        text: text.slice(start + mark.length, start + line.length) + ' '.repeat(mark.length),
      })),
    },
  ];
}

/** The plus signs of added lines in a diff. */
function plusSigns(text: string): readonly Slip[] {
  if (!text.includes('+')) return [];
  const lines = linesWith(text, /^\+[ ]{0,40}(?:- )?["']?[\w[\].:-]{1,80}["']?:(?=\s|$)/);
  return slipOf(
    lines.map((line) => ({ ...line, mark: '+' })),
    text,
  );
}

/** Line numbers, if all lines with text have the next one. */
function lineNumbers(text: string): readonly Slip[] {
  if (!/^\s{0,20}\d{1,6}[:|.)]?[ \t]/.test(text)) return [];
  const marked: (Line & { readonly mark: string })[] = [];
  let expected: number | undefined;
  for (let start = 0; start < text.length; ) {
    const line = lineAt(text, start);
    const [mark = '', digits = ''] = /^[ \t]{0,20}(\d{1,6})(?:[:|.)]?[ \t]|[:|.)]?$)/.exec(line.text) ?? [];
    const isBlank = line.text.trim() === '';
    if (!isBlank && (digits === '' || Number(digits) !== (expected ?? Number(digits)))) return [];
    if (!isBlank) {
      marked.push({ ...line, mark });
      expected = Number(digits) + 1;
    }
    const next = text.indexOf('\n', start);
    start = next === -1 ? text.length : next + 1;
  }
  return marked.length > 1 ? slipOf(marked, text) : [];
}

/** Marks at the begin of lines that were copied with a text: of a diff, of a listing. */
export function pastedMarks(text: string): readonly Slip[] {
  return [...plusSigns(text), ...lineNumbers(text)];
}

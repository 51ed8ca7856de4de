import type { Message } from '../base/l10n.ts';
import type { Fix, Span, TextEdit } from '../base/problem.ts';

/** Something that was typed or pasted by mistake and is no YAML of its author: its cause is known from the text alone. */
export interface Slip {
  readonly span: Span;
  readonly message: Message;
  readonly fix?: Fix;
  /** What to read in place of it: of the same length, so that all offsets stay. */
  readonly readAs: readonly TextEdit[];
}

/** A line of a text without its line break. */
export interface Line {
  readonly start: number;
  readonly text: string;
}

/** The edit that blanks a span. */
export function blank({ start, end }: Span): TextEdit {
  return { span: { start, end }, text: ' '.repeat(end - start) };
}

/** The line end that a text uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The line that begins at an offset. */
export function lineAt(text: string, start: number): Line {
  const end = text.indexOf('\n', start);
  return { start, text: text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '') };
}

/** The lines that a pattern, which begins with `^`, finds. */
export function linesWith(text: string, pattern: RegExp): readonly Line[] {
  return [...text.matchAll(new RegExp(pattern.source, 'gm'))].map(({ index }) => lineAt(text, index));
}

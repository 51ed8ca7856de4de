import type { Span } from '../base/problem.ts';
import { trimEndOf } from '../base/trim.ts';

/** A `KEY=value` line of an answer file. */
export interface Answer {
  /** In upper case, as Packstack compares keys. */
  readonly key: string;
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly lineSpan: Span;
  /** The section that contains it; undefined before the first. */
  readonly section?: string;
}

/** A line that is not valid in an answer file. */
export interface OddLine {
  readonly kind: 'continued' | 'malformed' | 'section';
  readonly span: Span;
  readonly text: string;
}

/** An answer file as parsed by Packstack's reader. */
export interface AnswerFile {
  readonly answers: readonly Answer[];
  readonly odd: readonly OddLine[];
  readonly hasGeneral: boolean;
  /** The version in a comment `# Packstack 26.0.0`. */
  readonly version?: string;
}

const blanks = ' \t';
const versionLine = /^#\s*Packstack\s+(\d+\.\d+\.\d+)/i;

/** The parts of `KEY = value`; undefined for any other line. */
function partsOf(
  line: string,
): { readonly key: string; readonly between: string; readonly value: string } | undefined {
  const sign = line.search(/[=:]/);
  if (sign < 1 || /^[\s[#;]/.test(line)) return undefined;
  const key = trimEndOf(line.slice(0, sign), blanks);
  const from = sign + 1 + (/^[ \t]*/.exec(line.slice(sign + 1))?.[0].length ?? 0);
  const value = trimEndOf(line.slice(from), blanks);
  // Other readers treat these characters as line breaks.
  return /[\r\u2028\u2029]/.test(value) ? undefined : { key, between: line.slice(key.length, from), value };
}

/** Parses a text; every span is an offset into it. */
export function readAnswers(text: string): AnswerFile {
  const answers: Answer[] = [];
  const odd: OddLine[] = [];
  let section: string | undefined;
  let version: string | undefined;
  let start = 0;
  for (const whole of text.split('\n')) {
    const line = whole.replace(/\r$/, '');
    const span = { start, end: start + line.length };
    const found = partsOf(line);
    const name = /^\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (/^\s*$/.test(line)) {
      // Blank lines and comments.
    } else if (/^[#;]/.test(line)) version ??= versionLine.exec(line)?.[1];
    else if (/^[ \t]/.test(line)) odd.push({ kind: 'continued', span, text: line });
    else if (name !== undefined) {
      section = name;
      if (name !== 'general') odd.push({ kind: 'section', span, text: name });
    } else if (found) {
      const { key, between, value } = found;
      const at = start + key.length + between.length;
      answers.push({
        key: key.toUpperCase(),
        value,
        keySpan: { start, end: start + key.length },
        valueSpan: { start: at, end: at + value.length },
        lineSpan: span,
        ...(section === undefined ? {} : { section }),
      });
    } else odd.push({ kind: 'malformed', span, text: line });
    start += whole.length + 1;
  }
  const hasGeneral = /^\[general\]\s*$/m.test(text);
  return { answers, odd, hasGeneral, ...(version === undefined ? {} : { version }) };
}

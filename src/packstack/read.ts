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
  readonly kind: 'bom' | 'continued' | 'indented' | 'malformed' | 'section' | 'twice';
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

/** The parts of `KEY = value`, a line without indentation; undefined for any other line. */
function partsOf(
  line: string,
): { readonly key: string; readonly between: string; readonly value: string } | undefined {
  const sign = line.search(/[=:]/);
  if (sign < 1 || line.startsWith('[')) return undefined;
  const key = trimEndOf(line.slice(0, sign), blanks);
  const from = sign + 1 + (/^[ \t]*/.exec(line.slice(sign + 1))?.[0].length ?? 0);
  const value = trimEndOf(line.slice(from), blanks);
  // Other readers treat these characters as line breaks.
  return /[\r\u2028\u2029]/.test(value) ? undefined : { key, between: line.slice(key.length, from), value };
}

/** The major version of Python whose `RawConfigParser` reads the file. */
export type Python = 2 | 3;

/** The value as Python 2 takes it: without a comment that a blank and a semicolon begin, and `""` for nothing. */
function python2Value(value: string): string {
  const at = value.indexOf(';');
  const kept = at > 0 && blanks.includes(value[at - 1] ?? '') ? trimEndOf(value.slice(0, at), blanks) : value;
  return kept === '""' ? '' : kept;
}

/** The reader's state: what Python's `RawConfigParser` remembers from line to line. */
class Reader {
  readonly answers: Answer[] = [];
  readonly odd: OddLine[] = [];
  version: string | undefined;
  hasGeneral = false;
  private section: string | undefined;
  /** The indentation of the option that a deeper line would continue; undefined before the first option of a section. */
  private indent: number | undefined;
  private readonly python: Python;

  constructor(python: Python) {
    this.python = python;
  }

  read(line: string, start: number): void {
    const span = { start, end: start + line.length };
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const text = line.slice(indent);
    if (text.trim() === '') return;
    if (this.python === 2 && this.readsAsPython2(line, span)) return;
    // Comments may be indented on Python 3.
    if (/^[#;]/.test(text)) {
      if (indent === 0) this.version ??= versionLine.exec(line)?.[1];
    } else if (this.indent !== undefined && indent > this.indent)
      this.odd.push({ kind: 'continued', span, text: line });
    else this.option(text, { start: start + indent, end: span.end }, indent);
  }

  /** Reads the lines that Python 2 takes in another way; returns whether this was one. */
  private readsAsPython2(line: string, span: Span): boolean {
    if (/^rem(?:\s|$)/i.test(line)) return true;
    if (!/^[ \t]/.test(line)) return false;
    const kind = this.indent === undefined ? 'indented' : 'continued';
    this.odd.push({ kind, span, text: line });
    return true;
  }

  private option(text: string, span: Span, indent: number): void {
    const name = /^\[([^\]]*)\]/.exec(text)?.[1];
    if (name !== undefined) {
      this.heading(name, span, text);
      return;
    }
    const found = partsOf(text);
    if (!found) {
      this.odd.push({ kind: 'malformed', span, text });
      return;
    }
    this.indent = indent;
    const { key, between } = found;
    const value = this.python === 2 ? python2Value(found.value) : found.value;
    const at = span.start + key.length + between.length;
    this.answers.push({
      key: key.toUpperCase(),
      value,
      keySpan: { start: span.start, end: span.start + key.length },
      valueSpan: { start: at, end: at + value.length },
      lineSpan: span,
      ...(this.section === undefined ? {} : { section: this.section }),
    });
  }

  private heading(name: string, span: Span, text: string): void {
    this.section = name;
    this.indent = undefined;
    if (name !== 'general') this.odd.push({ kind: 'section', span, text: name });
    else if (this.hasGeneral && this.python === 3) this.odd.push({ kind: 'twice', span, text });
    else this.hasGeneral = true;
  }
}

const byteOrderMark = '\uFEFF';

/** Parses a text as Python's `RawConfigParser` does; every span is an offset into it. */
export function readAnswers(text: string, python: Python = 3): AnswerFile {
  const reader = new Reader(python);
  let start = 0;
  if (text.startsWith(byteOrderMark)) {
    reader.odd.push({ kind: 'bom', span: { start: 0, end: 1 }, text: byteOrderMark });
    start = 1;
  }
  for (const whole of text.slice(start).split('\n')) {
    reader.read(whole.replace(/\r$/, ''), start);
    start += whole.length + 1;
  }
  const { answers, odd, hasGeneral, version } = reader;
  return { answers, odd, hasGeneral, ...(version === undefined ? {} : { version }) };
}

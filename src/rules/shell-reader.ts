/** A variable in a word. */
export interface Variable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Whether double quotes prevent word splitting of its value. */
  readonly isQuoted: boolean;
  /** Whether it handles an empty value: `${x:?}`, `${x:-y}`. */
  readonly isGuarded: boolean;
}

export interface Word {
  /** Without quotes; variables are not expanded. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly variables: readonly Variable[];
  /** The scripts of `$(…)` and backticks in it. */
  readonly substitutions?: readonly string[];
}

const operators = [
  '&&',
  '||',
  ';;',
  '<<<',
  '<<-',
  '<<',
  '>>',
  '>&',
  '<&',
  '&>',
  '>|',
  '<>',
  '|',
  '&',
  ';',
  '(',
  ')',
  '<',
  '>',
  '\n',
];
const operatorStarts: ReadonlySet<string> = new Set(operators.map((operator) => operator[0] ?? ''));
/** Operators followed by a file name. */
export const redirections: ReadonlySet<string> = new Set([
  '<<<',
  '<<-',
  '<<',
  '>>',
  '>&',
  '<&',
  '&>',
  '>|',
  '<>',
  '<',
  '>',
]);

/** A word or an operator of a script. */
export interface Piece {
  readonly word?: Word;
  readonly operator?: string;
  readonly start: number;
}

/** The text of a here-document or a here-string, and its offsets in the script. */
export interface HereDocument {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether the text has the same characters in the script: no quotes around it. */
  readonly isExact: boolean;
}

/** Maximum nesting of brackets and quotes; anything deeper is not read. */
const deepest = 100;

/** Reads POSIX shell as far as a linter needs it: words with their variables, and operators; `$(…)` is opaque. */
export class ShellReader {
  readonly #text: string;
  #at = 0;
  #openQuote: number | undefined;
  #depth = 0;
  #substitutions: string[] = [];
  #heredocs: { readonly end: string; readonly isIndented: boolean; readonly at: number }[] = [];
  readonly #documents = new Map<number, HereDocument>();

  constructor(text: string) {
    this.#text = text;
  }

  get openQuote(): number | undefined {
    return this.#openQuote;
  }

  /** The here-documents by the offset of their delimiter, once the pieces have been read. */
  get documents(): ReadonlyMap<number, HereDocument> {
    return this.#documents;
  }

  pieces(): readonly Piece[] {
    const found: Piece[] = [];
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (char === ' ' || char === '\t' || char === '\r') this.#at += 1;
      else if (this.#text.startsWith('\\\n', this.#at)) this.#at += 2;
      else if (char === '#') this.#toLineEnd();
      else found.push(this.#operator() ?? this.#word());
      this.#expectHeredoc(found);
    }
    return found;
  }

  #toLineEnd(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  #operator(): Piece | undefined {
    if (!operatorStarts.has(this.#text[this.#at] ?? '')) return undefined;
    const operator = operators.find((each) => this.#text.startsWith(each, this.#at));
    if (operator === undefined) return undefined;
    const start = this.#at;
    this.#at += operator.length;
    if (operator === '\n') this.#skipHeredocs();
    return { operator, start };
  }

  /** Records the delimiter after `<<`; its here-document starts on the next line. */
  #expectHeredoc(found: readonly Piece[]): void {
    const [operator, last] = [found.at(-2)?.operator, found.at(-1)?.word];
    if (!last || (operator !== '<<' && operator !== '<<-') || this.#heredocStart === last.start) return;
    this.#heredocStart = last.start;
    this.#heredocs.push({ end: last.text, isIndented: operator === '<<-', at: last.start });
  }

  #heredocStart = -1;

  #skipHeredocs(): void {
    for (const { end, isIndented, at } of this.#heredocs) {
      const first = this.#at;
      let until = first;
      while (this.#at < this.#text.length) {
        const start = this.#at;
        this.#toLineEnd();
        const line = this.#text.slice(start, this.#at).replace(/\r$/, '');
        this.#at += 1;
        if ((isIndented ? line.replace(/^\t+/, '') : line) === end) break;
        until = Math.min(this.#at, this.#text.length);
      }
      this.#documents.set(at, {
        text: this.#text.slice(first, until),
        start: first,
        end: until,
        isExact: true,
      });
    }
    this.#heredocs = [];
  }

  #word(): Piece {
    const start = this.#at;
    const variables: Variable[] = [];
    this.#substitutions = [];
    let text = '';
    while (this.#at < this.#text.length && !/[ \t\r\n;|&()<>]/.test(this.#text[this.#at] ?? '')) {
      const char = this.#text[this.#at];
      if (char === "'") text += this.#single();
      else if (char === '"') text += this.#double(variables);
      else if (char === '\\') {
        text += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
      } else if (char === '`') text += this.#backticks();
      else if (char === '$') text += this.#dollar(variables, false);
      else {
        text += char;
        this.#at += 1;
      }
    }
    // A backslash or an open quote at the end leads past the end.
    this.#at = Math.min(this.#at, this.#text.length);
    const inner = this.#substitutions.length > 0 ? { substitutions: this.#substitutions } : {};
    return { word: { text, start, end: this.#at, variables, ...inner }, start };
  }

  #single(): string {
    const start = this.#at;
    const end = this.#text.indexOf("'", start + 1);
    if (end === -1) this.#openQuote ??= start;
    this.#at = end === -1 ? this.#text.length : end + 1;
    return this.#text.slice(start + 1, end === -1 ? undefined : end);
  }

  #double(variables: Variable[]): string {
    const start = this.#at;
    let text = '';
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      const char = this.#text[this.#at];
      if (char === '\\') {
        text += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
      } else if (char === '`') text += this.#backticks();
      else if (char === '$') text += this.#dollar(variables, true);
      else {
        text += char;
        this.#at += 1;
      }
    }
    if (this.#at >= this.#text.length) this.#openQuote ??= start;
    this.#at += 1;
    return text;
  }

  #backticks(): string {
    const start = this.#at;
    const end = this.#text.indexOf('`', start + 1);
    if (end === -1) this.#openQuote ??= start;
    this.#at = end === -1 ? this.#text.length : end + 1;
    this.#substitutions.push(this.#text.slice(start + 1, end === -1 ? undefined : end));
    return this.#text.slice(start, this.#at);
  }

  #dollar(variables: Variable[], isQuoted: boolean): string {
    const start = this.#at;
    const next = this.#text[start + 1];
    if (next === '(') {
      this.#nested('(', ')', true);
      // Of nested ones, only the outermost is recorded.
      if (this.#depth === 0 && this.#text[start + 2] !== '(')
        this.#substitutions.push(this.#text.slice(start + 2, this.#at - 1));
    } else if (next === '{') this.#nested('{', '}', !isQuoted);
    else {
      const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(this.#text.slice(start + 1, start + 65))?.[0] ?? '';
      this.#at = start + 1 + name.length;
      if (/^[A-Za-z_0-9@*]/.test(name))
        variables.push({ name, start, end: this.#at, isQuoted, isGuarded: false });
    }
    const text = this.#text.slice(start, this.#at);
    const name = text.endsWith('}') ? /^\$\{([A-Za-z_]\w*|[0-9@*])/.exec(text)?.[1] : undefined;
    if (name !== undefined) {
      const isGuarded = /^:?[?=+-]/.test(text.slice(name.length + 2, -1));
      variables.push({ name, start, end: this.#at, isQuoted, isGuarded });
    }
    return text;
  }

  /** Skips bracketed text, including quotes and nested brackets; in double quotes, the apostrophe of `${x:-it's}` is literal. */
  #nested(open: string, close: string, hasSingles: boolean): void {
    if (this.#depth >= deepest) {
      this.#at = this.#text.length;
      return;
    }
    this.#depth += 1;
    let depth = 0;
    this.#at += 1;
    do {
      const char = this.#text[this.#at];
      if (char === "'" && hasSingles) this.#single();
      else if (char === '"') this.#double([]);
      else if (char === '\\') this.#at += 2;
      else {
        if (char === open) depth += 1;
        if (char === close) depth -= 1;
        this.#at += 1;
      }
    } while (depth > 0 && this.#at < this.#text.length);
    this.#depth -= 1;
    this.#at = Math.min(this.#at, this.#text.length);
  }
}

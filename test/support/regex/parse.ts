/** A regular expression as a tree; atoms keep their source, so that the engine itself decides what they match. */
export type Node =
  | { readonly kind: 'atom'; readonly source: string }
  | { readonly kind: 'edge'; readonly source: '^' | '$' | '\\b' | '\\B' }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number | undefined; readonly item: Node }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly item: Node }
  | { readonly kind: 'again'; readonly index: number }
  | Loop;

export interface Loop {
  readonly kind: 'loop';
  readonly item: Node;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

/** Parses the source of an expression that JavaScript accepts; throws on unknown syntax. */
class Parser {
  #at = 0;
  #groups = 0;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): Node {
    const node = this.#choice();
    if (this.#at < this.#source.length) throw new Error(`unexpected ${this.#rest()}`);
    return node;
  }

  /** The sources of the top-level alternatives of the expression. */
  alternatives(): readonly string[] {
    const found: string[] = [];
    do {
      const from = this.#at;
      this.#sequence();
      found.push(this.#source.slice(from, this.#at));
    } while (this.#take(/\|/y));
    return found;
  }

  #rest(): string {
    return this.#source.slice(this.#at);
  }

  /** Consumes the match of a sticky expression at this position; undefined if there is none. */
  #take(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#source);
    if (found) this.#at += found[0].length;
    return found ?? undefined;
  }

  #choice(): Node {
    const items = [this.#sequence()];
    while (this.#take(/\|/y)) items.push(this.#sequence());
    return items.length === 1 && items[0] ? items[0] : { kind: 'choice', items };
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (this.#at < this.#source.length && !/^[|)]/.test(this.#rest())) items.push(this.#loop());
    return { kind: 'sequence', items };
  }

  #loop(): Node {
    const item = this.#one();
    const found = this.#take(/(?:([*+?])|\{(\d+)(,(\d*))?\})(\?)?/y);
    if (!found) return item;
    const [, sign, from = '0', comma, to = ''] = found;
    const few = Number(from);
    const most = comma === undefined ? few : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    const min = sign === undefined ? few : sign === '+' ? 1 : 0;
    const max = sign === undefined ? most : sign === '?' ? 1 : Number.POSITIVE_INFINITY;
    return { kind: 'loop', item, min, max, lazy: found[5] !== undefined };
  }

  #one(): Node {
    const edge = this.#take(/\^|\$|\\b|\\B/y)?.[0];
    if (edge !== undefined) return { kind: 'edge', source: edge as '^' };
    const again = this.#take(/\\([1-9]\d*)/y)?.[1];
    if (again !== undefined) return { kind: 'again', index: Number(again) };
    const group = this.#take(/\((?:\?(?::|(<?)([=!]))|\?<[A-Za-z]\w*>)?/y);
    if (group) return this.#group(group);
    const atom =
      this.#take(/\[(?:\\.|[^\]\\])*\]/sy) ??
      this.#take(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|.)/sy) ??
      this.#take(/[^()|*+?]/suy);
    if (!atom) throw new Error(`unexpected ${this.#rest()}`);
    return { kind: 'atom', source: atom[0] };
  }

  #group([all, behind, sign]: RegExpExecArray): Node {
    const captures = all === '(' || (sign === undefined && all !== '(?:');
    if (captures) this.#groups += 1;
    const index = captures ? this.#groups : undefined;
    const item = this.#choice();
    if (!this.#take(/\)/y)) throw new Error(`a group without its end: ${this.#source}`);
    if (sign === undefined) return { kind: 'group', index, item };
    return { kind: 'look', behind: behind === '<', negative: sign === '!', item };
  }
}

export function parseExpression({ source }: RegExp): Node {
  return new Parser(source).whole();
}

/** The alternatives of an expression as separate expressions; the sum of their costs is its cost. */
export function alternativesOf(expression: RegExp): readonly RegExp[] {
  const { source, flags } = expression;
  if (/\\[1-9]/.test(source)) return [expression];
  return new Parser(source).alternatives().map((each) => new RegExp(each, flags));
}

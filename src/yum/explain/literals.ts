/** Texts of which each match of an expression has at least one; undefined if there are none that are long enough. */
import { smallest } from '../../base/extremes.ts';

export function requiredLiterals(source: string): readonly string[] | undefined {
  const reader = { source, at: 0 };
  const found = alternatives(reader);
  return found?.every((each) => each.length >= minLength) ? found : undefined;
}

interface Reading {
  readonly source: string;
  at: number;
}

/** Long enough to be rare; the scanner looks for pieces of this length. */
const minLength = 4;

type Literals = readonly string[] | undefined;

/** The shorter of the texts decides: the expression is looked for with each of them. */
function strength(found: Literals): number {
  return found ? smallest(found.map(({ length }) => length)) : 0;
}

function alternatives(reading: Reading): Literals {
  let all: Literals = [];
  for (;;) {
    const found = sequence(reading);
    all = all && found ? [...all, ...found] : undefined;
    if (reading.source[reading.at] !== '|') return all;
    reading.at += 1;
  }
}

/** One alternative: the strongest of its parts. */
function sequence(reading: Reading): Literals {
  let best: Literals;
  let run = '';
  const offer = (found: Literals): void => {
    if (strength(found) > strength(best)) best = found;
  };
  const endRun = (): void => {
    if (run !== '') offer([run]);
    run = '';
  };
  while (reading.at < reading.source.length && !/[|)]/.test(reading.source[reading.at] ?? '')) {
    const { text, found } = part(reading);
    const { isOptional, isRepeated } = quantifier(reading);
    if (text === undefined || isOptional) endRun();
    if (!isOptional) {
      if (text === undefined) offer(found);
      else run += text;
    }
    if (isRepeated) endRun();
  }
  endRun();
  return best;
}

/** A character as itself, or a group with its literals, or anything else without. */
function part(reading: Reading): { readonly text?: string; readonly found?: Literals } {
  const { source } = reading;
  const char = source[reading.at] ?? '';
  if (char === '(') return { found: group(reading) };
  if (char === '[') {
    while (source[reading.at] !== ']') reading.at += source[reading.at] === '\\' ? 2 : 1;
    reading.at += 1;
    return {};
  }
  reading.at += char === '\\' ? 2 : 1;
  if (char === '^' || char === '$' || char === '.') return {};
  if (char !== '\\') return { text: char };
  const escaped = source[reading.at - 1] ?? '';
  return /\w/.test(escaped) ? {} : { text: escaped };
}

function group(reading: Reading): Literals {
  const { source } = reading;
  const kind = /^\((?:\?(?:<?[=!]|:))?/.exec(source.slice(reading.at, reading.at + 4))?.[0] ?? '(';
  reading.at += kind.length;
  const found = alternatives(reading);
  reading.at += 1;
  // What a lookaround requires is at another place, or must be absent.
  return kind === '(' || kind === '(?:' ? found : undefined;
}

function quantifier(reading: Reading): { readonly isOptional: boolean; readonly isRepeated: boolean } {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(reading.source.slice(reading.at, reading.at + 16))?.[0];
  reading.at += found?.length ?? 0;
  return { isOptional: found !== undefined && /^[*?]|^\{0/.test(found), isRepeated: found !== undefined };
}

/** Finds which of many texts a line may have, in one pass and without regard to case. */
export interface LiteralIndex<T> {
  /** The values whose expression may match the line, in the order in which they were given. */
  candidates(line: string): readonly T[];
}

/** Common in any log: a piece of four characters that would be found in every other line. */
const common =
  /^(?:erro|rror|pack|acka|ckag|kage|from|http|ttps|tps:|for |inst|nsta|stal|tall|alle|lled|file|repo|fail|aile|iled|need|eede|eded|tran|rans|ansa|nsac|sact|acti|ctio|tion|not |avai|vail|aila|ilab|labl|able)$/;

/** Where the piece of a text begins that is looked for: the first one that is not common. */
function pieceIn(text: string): number {
  for (let at = 0; at + minLength <= text.length; at += 1) {
    const piece = text.slice(at, at + minLength);
    if (!common.test(piece) && piece.trim().length === minLength) return at;
  }
  return 0;
}

const slots = 1 << 16;

/** Four characters as one number; letters of either case have the same. */
function packed(text: string): number {
  let word = 0;
  for (let at = 0; at < minLength; at += 1) word = (word << 8) | ((text.charCodeAt(at) | 32) & 0xff);
  return word;
}

/** Their place in the table; multiplied, so that the high bits depend on all of them. */
function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> 16;
}

/** A text of a value, and the place after the piece of it that is looked for. */
interface Entry {
  readonly index: number;
  readonly codes: readonly number[];
  readonly end: number;
}

/** Whether the whole text is in the line, of which the piece ends at `at`. */
function isWhole({ codes, end }: Entry, line: string, at: number): boolean {
  const start = at - end;
  if (start < 0 || start + codes.length > line.length) return false;
  for (let place = 0; place < codes.length; place += 1)
    if (((line.charCodeAt(start + place) | 32) & 0xff) !== codes[place]) return false;
  return true;
}

function entryOf(literal: string, index: number): Entry {
  const codes = Array.from({ length: literal.length }, (_, at) => (literal.charCodeAt(at) | 32) & 0xff);
  return { index, codes, end: pieceIn(literal) + minLength };
}

export function indexLiterals<T>(values: readonly T[], sourceOf: (value: T) => string): LiteralIndex<T> {
  const known = new Uint8Array(slots);
  const bySlot = new Map<number, Entry[]>();
  const always: number[] = [];
  for (const [index, value] of values.entries()) {
    const literals = requiredLiterals(sourceOf(value));
    if (!literals) always.push(index);
    for (const literal of literals ?? []) {
      const entry = entryOf(literal, index);
      const slot = slotOf(packed(literal.slice(entry.end - minLength)));
      known[slot] = 1;
      bySlot.set(slot, [...(bySlot.get(slot) ?? []), entry]);
    }
  }
  const none: readonly T[] = always.flatMap((index) => values[index] ?? []);
  return {
    candidates(line) {
      let found: Set<number> | undefined;
      let word = 0;
      for (let at = 0; at < line.length; at += 1) {
        word = (word << 8) | ((line.charCodeAt(at) | 32) & 0xff);
        const slot = slotOf(word);
        if (known[slot] === 0) continue;
        for (const entry of bySlot.get(slot) ?? [])
          if (isWhole(entry, line, at + 1)) found = (found ?? new Set(always)).add(entry.index);
      }
      return found ? [...found].sort((a, b) => a - b).flatMap((index) => values[index] ?? []) : none;
    },
  };
}

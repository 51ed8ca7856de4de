import type { State } from './state.ts';

/** Reads a line that starts with known text; emits at least one event. */
export type Reader = (state: State, line: string) => void;

/** Matches a line by its start and, if given, by text further on. */
export interface Rule {
  readonly starts: string;
  readonly has?: string;
  readonly read: Reader;
}

/** Rules by the first two characters of a line; a rule of one character is in all groups with its character. */
export type RuleIndex = ReadonlyMap<number, readonly Rule[]>;

const shift = 16;
const none: readonly Rule[] = [];

/** Groups rules by their start, keeping the order of the tables within a group. */
export function indexRules(...tables: readonly (readonly Rule[])[]): RuleIndex {
  const all = tables.flat();
  const keys = new Set(all.map(({ starts }) => keyOf(starts)));
  return new Map(
    [...keys].map((key) => {
      const first = key & 0xffff;
      const fits = ({ starts }: Rule): boolean =>
        keyOf(starts) === key || (starts.length === 1 && starts.charCodeAt(0) === first);
      return [key, all.filter(fits)];
    }),
  );
}

function keyOf(text: string): number {
  const first = text.charCodeAt(0);
  return text.length > 1 ? first + text.charCodeAt(1) * (1 << shift) : first;
}

/** The reader of the first matching rule; undefined if there is none. */
export function readerOf(index: RuleIndex, line: string): Reader | undefined {
  const rules = index.get(keyOf(line)) ?? index.get(line.charCodeAt(0)) ?? none;
  for (const { starts, has, read } of rules) {
    if (!line.startsWith(starts)) continue;
    if (has === undefined || line.includes(has, starts.length)) return read;
  }
  return undefined;
}

/** Reads the line with the first matching rule; false if there is none. */
export function readByRule(index: RuleIndex, state: State, line: string): boolean {
  const read = readerOf(index, line);
  read?.(state, line);
  return read !== undefined;
}

import type { State } from './state.ts';

/** Reads a line that starts with known text; emits at least one event. */
export type Reader = (state: State, line: string) => void;

/** Matches a line by its start and, if given, by text further on. */
export interface Rule {
  readonly starts: string;
  readonly has?: string;
  readonly read: Reader;
}

export type RuleIndex = ReadonlyMap<number, readonly Rule[]>;

/** Groups rules by their first character, keeping the order of the tables within a group. */
export function indexRules(...tables: readonly (readonly Rule[])[]): RuleIndex {
  const index = new Map<number, Rule[]>();
  for (const rule of tables.flat()) {
    const code = rule.starts.charCodeAt(0);
    const group = index.get(code);
    if (group) group.push(rule);
    else index.set(code, [rule]);
  }
  return index;
}

/** The reader of the first matching rule; undefined if there is none. */
export function readerOf(index: RuleIndex, line: string): Reader | undefined {
  for (const { starts, has, read } of index.get(line.charCodeAt(0)) ?? []) {
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

import type { State } from './state.ts';

/** Reads a line that is known by its beginning: emits at least one event. */
export type Reader = (state: State, line: string) => void;

/** A line known by how it begins and, if given, by what it contains further on. */
export interface Rule {
  readonly starts: string;
  readonly has?: string;
  readonly read: Reader;
}

export type RuleIndex = ReadonlyMap<number, readonly Rule[]>;

/** Groups rules by their first character; within a group the order of the tables stays. */
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

/** Reads the line with the first rule that fits; false when none does. */
export function readByRule(index: RuleIndex, state: State, line: string): boolean {
  const rules = index.get(line.charCodeAt(0));
  if (!rules) return false;
  for (const { starts, has, read } of rules) {
    if (!line.startsWith(starts)) continue;
    if (has !== undefined && !line.includes(has, starts.length)) continue;
    read(state, line);
    return true;
  }
  return false;
}

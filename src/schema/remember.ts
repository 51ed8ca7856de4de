import type { Node } from 'yaml';
import type { Problem } from '../base/problem.ts';
import { moved, type Place } from './places.ts';
import type { Schema } from './schema.ts';

/** The cached result of reading an entry of a large map; spans are relative to the start of its value. */
export interface EntryReading {
  readonly path: string;
  readonly schema: Schema;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly places: ReadonlyMap<string, Place>;
  readonly kept: ReadonlyMap<string, readonly number[]>;
}

/** Moves a problem to another offset. */
export function movedProblem(problem: Problem, by: number): Problem {
  const { span, fix } = problem;
  const edits = fix?.edits.map((edit) => ({ ...edit, span: moved(edit.span, by) }));
  return { ...problem, span: moved(span, by), ...(fix && edits ? { fix: { ...fix, edits } } : {}) };
}

const known = new WeakMap<Node, EntryReading>();

/** The cached result for the same YAML node at the same path. */
export function recall(node: Node, path: string, schema: Schema): EntryReading | undefined {
  const found = known.get(node);
  return found?.path === path && found.schema === schema ? found : undefined;
}

/** Caches the result for a YAML node at offset `start`, for the lifetime of the node. */
export function remember(node: Node, start: number, reading: EntryReading): EntryReading {
  const back = -start;
  const places = new Map<string, Place>();
  for (const [path, { key, value }] of reading.places)
    places.set(path, { key: moved(key, back), value: moved(value, back) });
  const problems = reading.problems.map((problem) => movedProblem(problem, back));
  const relative = { ...reading, places, problems };
  known.set(node, relative);
  return relative;
}

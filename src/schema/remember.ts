import type { Node } from 'yaml';
import type { Problem } from '../base/problem.ts';
import { moved, type Place } from './places.ts';
import type { Schema } from './schema.ts';

/** What reading an entry of a large map gave; its spans count from the beginning of the entry's value. */
export interface EntryReading {
  readonly path: string;
  readonly schema: Schema;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly places: ReadonlyMap<string, Place>;
  readonly kept: ReadonlyMap<string, readonly number[]>;
}

/** A problem in a text that moved. */
export function movedProblem(problem: Problem, by: number): Problem {
  const { span, fix } = problem;
  const edits = fix?.edits.map((edit) => ({ ...edit, span: moved(edit.span, by) }));
  return { ...problem, span: moved(span, by), ...(fix && edits ? { fix: { ...fix, edits } } : {}) };
}

const known = new WeakMap<Node, EntryReading>();

/** What the same node gave at the same path before. */
export function recall(node: Node, path: string, schema: Schema): EntryReading | undefined {
  const found = known.get(node);
  return found?.path === path && found.schema === schema ? found : undefined;
}

/** Keeps what a node gave that stands at `start`, for as long as the node is used. */
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

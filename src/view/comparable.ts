import { own } from '../base/own.ts';
import type { RunState } from '../run/state.ts';
import type { ClusterSource } from './live.ts';

interface Comparable {
  readonly steps: ReadonlySet<string>;
  readonly text: string;
}

const known = new WeakMap<RunState, Comparable>();

function comparable(state: RunState): Comparable {
  const before = known.get(state);
  if (before) return before;
  const once = new Set<string>();
  const found = new Set<string>();
  for (const { steps } of Object.values(state.nodes))
    for (const [id, { hasTransaction }] of Object.entries(steps))
      if (hasTransaction) (once.has(id) ? found : once).add(id);
  const made = { steps: found, text: [...found].sort().join(' ') };
  known.set(state, made);
  return made;
}

/** The steps whose logs have a package transaction on two nodes, so that they can be compared. */
export function comparableSteps({ state }: Pick<ClusterSource, 'state'>): ReadonlySet<string> {
  return comparable(state).steps;
}

/** Whether the log of a run, of a node in it, or of a step there has a transaction that another node has, too. */
export function canCompare(
  { state }: Pick<ClusterSource, 'state'>,
  { node, step }: { readonly node?: string; readonly step?: string },
): boolean {
  const { steps } = comparable(state);
  if (node === undefined) return steps.size > 0;
  const known = own(state.nodes, node)?.steps ?? {};
  return [...steps].some((id) => (step ?? id) === id && own(known, id)?.hasTransaction === true);
}

/** The comparable steps as one text, by which views see whether it has changed. */
export function comparableText({ state }: Pick<ClusterSource, 'state'>): string {
  return comparable(state).text;
}

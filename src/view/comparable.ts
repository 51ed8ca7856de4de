import type { RunState } from '../run/state.ts';
import type { ClusterSource } from './live.ts';

const known = new WeakMap<RunState, ReadonlySet<string>>();

/** The steps whose logs have a package transaction on two nodes, so that they can be compared. */
export function comparableSteps({ state }: Pick<ClusterSource, 'state'>): ReadonlySet<string> {
  const before = known.get(state);
  if (before) return before;
  const once = new Set<string>();
  const found = new Set<string>();
  for (const { steps } of Object.values(state.nodes))
    for (const [id, { hasTransaction }] of Object.entries(steps))
      if (hasTransaction) (once.has(id) ? found : once).add(id);
  known.set(state, found);
  return found;
}

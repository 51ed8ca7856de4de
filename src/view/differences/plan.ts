import type { Cluster } from '../../cluster/model.ts';
import { buildPlan, type NodeReport, type Plan } from '../../plan/plan.ts';
import type { Selection } from '../../plan/selection.ts';
import type { RunState } from '../../run/state.ts';

/** The results of a check for the plan; without nodes that were not reached. */
function factsOf(state: RunState): ReadonlyMap<string, NodeReport> {
  return new Map(
    Object.entries(state.nodes).flatMap(([node, { facts, steps }]): [string, NodeReport][] => {
      if (!facts) return [];
      const found = Object.entries(steps).flatMap(([id, step]) =>
        step.state === undefined ? [] : [[id, { state: step.state, reasons: step.reasons }] as const],
      );
      return [[node, { facts, steps: new Map(found) }]];
    }),
  );
}

/** The plan that a check found. */
export function planOf(cluster: Cluster, state: RunState, selection: Selection): Plan {
  return buildPlan(cluster, factsOf(state), selection);
}

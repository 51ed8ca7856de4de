import type { NodeDifference, StepDifference, Unpreviewed } from '../../plan/differences.ts';

/** What one step would change, and on which nodes it is exactly this. */
export interface FoldedDifference {
  readonly nodes: readonly string[];
  readonly difference: StepDifference;
}

export interface FoldedStep {
  readonly step: string;
  readonly differences: readonly FoldedDifference[];
}

/** The differences of all nodes by step, nodes with equal ones together. */
export interface FoldedDifferences {
  readonly steps: readonly FoldedStep[];
  /** The nodes that cannot show differences, by reason. */
  readonly unavailable: ReadonlyMap<Unpreviewed, readonly string[]>;
}

/** What the differences are folded in: the ids of the steps and the names of the nodes, both as in the cluster file. */
export interface FoldOrder {
  readonly steps: readonly string[];
  readonly nodes: readonly string[];
}

/** The place of something in a list; what is not in it comes last. */
function placeIn(list: readonly string[], item: string): number {
  const at = list.indexOf(item);
  return at < 0 ? list.length : at;
}

/** Folds the differences of the nodes. */
export function foldDifferences(unsorted: readonly NodeDifference[], order: FoldOrder): FoldedDifferences {
  const found = unsorted.toSorted((a, b) => placeIn(order.nodes, a.node) - placeIn(order.nodes, b.node));
  const steps = new Map<string, Map<string, { nodes: string[]; difference: StepDifference }>>();
  const unavailable = new Map<Unpreviewed, string[]>();
  for (const { node, steps: own, unavailable: why } of found) {
    if (why) unavailable.set(why, [...(unavailable.get(why) ?? []), node]);
    for (const difference of own) {
      const key = JSON.stringify(difference);
      const groups = steps.get(difference.step) ?? new Map();
      const group = groups.get(key) ?? { nodes: [], difference };
      group.nodes.push(node);
      groups.set(key, group);
      steps.set(difference.step, groups);
    }
  }
  return {
    steps: [...steps]
      .map(([step, groups]) => ({ step, differences: [...groups.values()] }))
      .sort((a, b) => placeIn(order.steps, a.step) - placeIn(order.steps, b.step)),
    unavailable,
  };
}

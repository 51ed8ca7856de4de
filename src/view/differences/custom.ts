import type { Plan } from '../../plan/plan.ts';
import type { FoldOrder } from './fold.ts';

/** A custom step that a run would apply, with its commands. */
export interface CustomRun {
  readonly step: string;
  readonly nodes: readonly string[];
  readonly run: string;
}

/** The custom steps that are not done, with the nodes on which they would run. */
export function customRuns(plan: Plan): readonly CustomRun[] {
  const found = new Map<string, { step: string; nodes: string[]; run: string }>();
  for (const { node, jobs } of plan.nodes)
    for (const { step, state, custom } of jobs) {
      if (custom === undefined || (state !== 'needed' && state !== 'drifted')) continue;
      const known = found.get(step) ?? { step, nodes: [], run: custom };
      known.nodes.push(node.name);
      found.set(step, known);
    }
  return [...found.values()];
}

/** The order of the plan. */
export function orderOf({ nodes }: Plan): FoldOrder {
  return {
    steps: [...new Set(nodes.flatMap(({ jobs }) => jobs.map(({ step }) => step)))],
    nodes: nodes.map(({ node }) => node.name),
  };
}

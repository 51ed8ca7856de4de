import type { Outline, OutlineItem } from '../cluster/outline.ts';

/** Index of an outline by name, so that lookups do not search a thousand nodes each time. */
export interface OutlineIndex {
  readonly node: ReadonlyMap<string, Outline['nodes'][number]>;
  readonly step: ReadonlyMap<string, OutlineItem>;
  /** The steps of each node, in the order of work. */
  readonly stepsOf: ReadonlyMap<string, readonly OutlineItem[]>;
}

const known = new WeakMap<Outline, OutlineIndex>();

function build({ nodes, steps }: Outline): OutlineIndex {
  const stepsOf = new Map<string, OutlineItem[]>(nodes.map(({ id }) => [id, []]));
  for (const step of steps) for (const name of step.nodes) stepsOf.get(name)?.push(step);
  return {
    node: new Map(nodes.map((node) => [node.id, node])),
    step: new Map(steps.map((step) => [step.id, step])),
    stepsOf,
  };
}

/** The index of an outline; built once per outline. */
export function indexOf(outline: Outline): OutlineIndex {
  const index = known.get(outline) ?? build(outline);
  known.set(outline, index);
  return index;
}

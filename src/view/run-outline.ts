import type { Outline, OutlineItem } from '../cluster/outline.ts';

/** What a run in progress began with. */
export interface Begun {
  readonly outline: Outline;
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
}

/** The last result by the outline of the file, since views compare outlines by identity. */
const known = new WeakMap<Outline, { readonly begun: Outline; readonly drawn: Outline }>();

function missing<Item extends OutlineItem>(
  wanted: readonly string[],
  before: readonly Item[],
  now: readonly Item[],
): readonly (Item & { readonly isGone: true })[] {
  const [kept, meant] = [new Set(now.map(({ id }) => id)), new Set(wanted)];
  return before.filter(({ id }) => meant.has(id) && !kept.has(id)).map((item) => ({ ...item, isGone: true }));
}

/** Puts each missing item where it was. */
function withMissing<Item extends OutlineItem>(
  now: readonly Item[],
  gone: readonly Item[],
  before: readonly Item[],
): readonly Item[] {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const all = [...now];
  for (const item of gone) all.splice(places.get(item.id) ?? all.length, 0, item);
  return all;
}

function merged(now: Outline, { outline: before, nodes, steps }: Begun): Outline {
  const goneNodes = missing(nodes, before.nodes, now.nodes);
  const goneSteps = missing(steps, before.steps, now.steps);
  if (goneNodes.length === 0 && goneSteps.length === 0) return now;
  const lost = new Set(goneNodes.map(({ id }) => id));
  const lostOf = new Map(before.steps.map((step) => [step.id, step.nodes.filter((name) => lost.has(name))]));
  return {
    ...now,
    nodes: withMissing(now.nodes, goneNodes, before.nodes),
    steps: withMissing(now.steps, goneSteps, before.steps).map((step) => {
      const more = step.isGone ? [] : (lostOf.get(step.id) ?? []);
      return more.length > 0 ? { ...step, nodes: [...step.nodes, ...more] } : step;
    }),
  };
}

/** The outline to draw during a run: the file's, with the nodes and steps of the run that it no longer has. */
export function runOutline(now: Outline | undefined, begun: Begun | undefined): Outline | undefined {
  if (!begun) return now;
  if (!now) return begun.outline;
  const last = known.get(now);
  if (last?.begun === begun.outline) return last.drawn;
  const drawn = merged(now, begun);
  known.set(now, { begun: begun.outline, drawn });
  return drawn;
}

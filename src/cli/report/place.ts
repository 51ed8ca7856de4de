import { positions } from '../../base/position.ts';
import type { Cluster } from '../../cluster/model.ts';
import { spanOfKey } from '../../view/key-place.ts';

/** The position `file:line` (from 1) of a node, a step or a key (dotted path); undefined for a step that the file does not name. */
export type PlaceOf = (
  on: { readonly node: string } | { readonly step: string } | { readonly key: string },
) => string | undefined;

/** Positions in a cluster file. */
export function placesIn(file: string, text: string, cluster: Cluster): PlaceOf {
  const { at } = positions(text);
  return (on) => {
    const span =
      'key' in on
        ? spanOfKey(text, on.key)
        : 'node' in on
          ? cluster.nodes.find((node) => node.name === on.node)?.span
          : cluster.steps.find((step) => step.id === on.step)?.span;
    return span ? `${file}:${at(span.start).line + 1}` : undefined;
  };
}

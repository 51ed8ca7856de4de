import { positions } from '../../base/position.ts';
import type { Cluster } from '../../cluster/model.ts';
import { spanOfKey } from '../../view/key-place.ts';

/** Where the file names a node or a step, or has a key (dotted path): `file:line`, lines counted from 1; undefined for a step that it does not name. */
export type PlaceOf = (
  on: { readonly node: string } | { readonly step: string } | { readonly key: string },
) => string | undefined;

/** The places of one cluster file as it was read. */
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

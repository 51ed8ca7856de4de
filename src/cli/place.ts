import type { Cluster } from '../core/cluster/model.ts';
import { positions } from '../core/position.ts';

/** Where the file names a node or a step: `file:line`, lines counted from 1; undefined for a step that it does not name. */
export type PlaceOf = (on: { readonly node: string } | { readonly step: string }) => string | undefined;

/** The places of one cluster file as it was read. */
export function placesIn(file: string, text: string, cluster: Cluster): PlaceOf {
  const { at } = positions(text);
  return (on) => {
    const item =
      'node' in on
        ? cluster.nodes.find((node) => node.name === on.node)
        : cluster.steps.find((step) => step.id === on.step);
    return item?.span ? `${file}:${at(item.span.start).line + 1}` : undefined;
  };
}

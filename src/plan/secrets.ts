import type { Cluster } from '../cluster/model.ts';
import { plannedStep } from './step.ts';

/** The names of the secrets that the cluster's steps need, sorted. */
export function secretNames(cluster: Cluster): readonly string[] {
  const nodes = new Map(cluster.nodes.map((node) => [node.name, node]));
  const names = cluster.steps.flatMap((item) =>
    item.nodes.flatMap((name) => {
      const node = nodes.get(name);
      return (node && plannedStep(cluster, node, item)?.secrets) ?? [];
    }),
  );
  return [...new Set(names)].sort();
}

import { own } from '../../base/own.ts';
import { type ClusterSource, nodeOf, type Target } from '../../view/live.ts';
import type { LogAddress } from './address.ts';

/** The newest log of a step on each of some nodes. */
export function stepLogs(source: ClusterSource, { nodes, step }: Target): readonly LogAddress[] {
  if (step === undefined) return [];
  const names = nodes ?? source.outline.nodes.map((node) => node.id);
  return names.flatMap((node) => {
    const run = own(nodeOf(source, node).steps, step)?.logRun;
    return run === undefined ? [] : [{ node, run, step }];
  });
}

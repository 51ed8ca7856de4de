import { own } from '../../base/own.ts';
import { type ClusterSource, nodeOf, type Target } from '../../view/live.ts';
import type { LogAddress } from './address.ts';

/** The newest logs of a target from the runs of this window. */
export function stepLogs(source: ClusterSource, { nodes, step }: Target): readonly LogAddress[] {
  const names = nodes ?? source.outline.nodes.map((node) => node.id);
  const steps = step === undefined ? source.outline.steps.map(({ id }) => id) : [step];
  return steps.flatMap((id) =>
    names.flatMap((node) => {
      const run = own(nodeOf(source, node).steps, id)?.logRun;
      return run === undefined ? [] : [{ node, run, step: id }];
    }),
  );
}

import { type StoredRun, storedLogs } from '../../app/logs/stored-runs.ts';
import type { Target } from '../../view/live.ts';
import type { LogAddress } from './address.ts';

/** A stored run with its logs of a target. */
export interface EarlierLogs {
  readonly run: StoredRun;
  readonly logs: readonly LogAddress[];
}

/** The stored runs that have logs of a target, newest first. */
export async function* earlierLogs(
  stateFolder: string,
  runs: readonly StoredRun[],
  { nodes, step }: Target,
): AsyncGenerator<EarlierLogs> {
  for (const run of runs) {
    const kept = await storedLogs(stateFolder, run.run);
    const logs = kept.filter((log) => (nodes?.includes(log.node) ?? true) && (step ?? log.step) === log.step);
    const order = ({ node, step: id }: LogAddress) =>
      [run.steps.indexOf(id), run.nodes.indexOf(node)] as const;
    if (logs.length > 0)
      yield {
        run,
        logs: logs.toSorted((a, b) => {
          const [[stepA, nodeA], [stepB, nodeB]] = [order(a), order(b)];
          return stepA - stepB || nodeA - nodeB;
        }),
      };
  }
}

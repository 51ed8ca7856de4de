import { keptRuns } from '../logs/kept-runs.ts';
import { events } from './unfinished-run.ts';

/** The nodes on which the newest run of a cluster did not end well; undefined where there was no run. */
export async function failedNodes(
  stateFolder: string,
  cluster: string,
): Promise<readonly string[] | undefined> {
  const last = (await keptRuns(stateFolder)).find((run) => run.cluster === cluster && run.kind !== 'check');
  if (!last) return undefined;
  const bad = new Set(last.nodes);
  for await (const event of events(stateFolder, last.run))
    if (event.type === 'node-finished' && event.outcome === 'ok') bad.delete(event.node);
  return [...bad];
}

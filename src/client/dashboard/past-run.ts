import { plain } from '../../base/l10n.ts';
import { asOld } from '../../run/old.ts';
import type { PastRun } from '../../view/dashboard/past.ts';
import { timeText } from '../editor/time.ts';
import type { EarlierRuns } from '../stores/earlier-runs.ts';

/** Reads a stored run of a cluster file; undefined if it is not one, or cannot be read. */
export async function readPastRun(
  earlier: Pick<EarlierRuns, 'find' | 'state'>,
  { run: id, file }: { readonly run: string; readonly file: string },
): Promise<PastRun | undefined> {
  const run = earlier.find(id);
  if (run?.file !== file) return undefined;
  const state = await earlier.state(run);
  if (!state) return undefined;
  const { cluster, nodes, steps, last } = run;
  return { run: id, cluster, nodes, steps, state: asOld(state), age: plain(timeText(last)) };
}

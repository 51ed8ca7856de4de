import type { ClusterSource } from '../live.ts';
import { causesOf } from './causes.ts';
import { type DashboardOptions, headOf } from './head.ts';
import type { DashboardView } from './model.ts';
import { rowsOf } from './rows.ts';
import { type ListedRun, runList } from './runs.ts';

/** The page of a cluster: a snapshot of everything that the dashboard shows. `runs` are its stored runs, newest first. */
export function dashboardOf(
  source: ClusterSource,
  runs: readonly ListedRun[],
  options: DashboardOptions,
): DashboardView {
  const { outline, scope, state } = source;
  const rows = rowsOf(source, outline.steps, options);
  return {
    head: headOf(source, options),
    steps: outline.steps.map(({ id, runnable }) => ({ id, runnable })),
    rows,
    causes: causesOf(source, rows, options.translate),
    runs: runList(runs, scope && state.run?.id, options),
  };
}

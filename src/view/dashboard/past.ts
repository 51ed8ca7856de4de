import type { Message } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Outline, OutlineItem } from '../../cluster/outline.ts';
import type { RunState } from '../../run/state.ts';
import type { ClusterSource } from '../live.ts';
import { dashboardOf } from './dashboard.ts';
import type { DashboardOptions } from './head.ts';
import type { DashboardTrait, DashboardView } from './model.ts';
import type { ListedRun } from './runs.ts';

/** A stored run with the states of its nodes at its end, all of them marked as old. */
export interface PastRun {
  readonly run: string;
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  readonly state: RunState;
  readonly age: Message;
}

const nowhere = { start: 0, end: 0 };

/** The nodes of the run that have a step: according to what the run found there, else to the file as it is now. */
function nodesWith(past: PastRun, id: string, item: OutlineItem | undefined): readonly string[] {
  const inFile = item && new Set(item.nodes);
  return past.nodes.filter((name) => {
    const steps = own(past.state.nodes, name)?.steps ?? {};
    if (own(steps, id)) return true;
    return Object.keys(steps).length === 0 && (inFile === undefined || inFile.has(name));
  });
}

/** Views compare outlines by identity. */
const outlines = new WeakMap<PastRun, { readonly now: Outline; readonly outline: Outline }>();

/** The outline of a run from its own nodes and steps; places, addresses and ranges are those of the file, if it still has them. */
function outlineOfRun(past: PastRun, now: Outline): Outline {
  const known = outlines.get(past);
  if (known?.now === now) return known.outline;
  const outline = madeOutline(past, now);
  outlines.set(past, { now, outline });
  return outline;
}

function madeOutline(past: PastRun, now: Outline): Outline {
  const knownNodes = new Map(now.nodes.map((node) => [node.id, node]));
  const knownSteps = new Map(now.steps.map((step) => [step.id, step]));
  return {
    ...now,
    cluster: { ...now.cluster, id: past.cluster, nodes: past.nodes },
    nodes: past.nodes.map((id) => {
      const gone = { id, span: nowhere, nodes: [id], runnable: true, address: '', roles: [] };
      return knownNodes.get(id) ?? { ...gone, isGone: true };
    }),
    ranges: [],
    steps: past.steps.map((id) => {
      const step = knownSteps.get(id);
      const nodes = nodesWith(past, id, step);
      return step ? { ...step, nodes } : { id, span: nowhere, nodes, runnable: true, isGone: true };
    }),
  };
}

const onlyLog = (traits: readonly DashboardTrait[]): readonly DashboardTrait[] =>
  traits.filter((trait) => trait === 'log');

/** The page of a stored run: as it would be now, without anything that changes nodes. */
export function pastDashboard(
  now: ClusterSource,
  past: PastRun,
  options: DashboardOptions & { readonly runs: readonly ListedRun[] },
): DashboardView {
  const { runs, ...rest } = options;
  const view = dashboardOf(
    { outline: outlineOfRun(past, now.outline), state: past.state, age: past.age },
    runs,
    rest,
  );
  const going = now.scope && now.state.run?.id;
  return {
    ...view,
    head: { ...view.head, isPast: true, actions: [] },
    rows: view.rows.map((row) => ({
      ...row,
      traits: onlyLog(row.traits),
      cells: row.cells.map((cell) => ({ ...cell, traits: onlyLog(cell.traits) })),
    })),
    causes: view.causes.map((cause) => ({
      ...cause,
      actions: cause.actions.filter((action) => action === 'log'),
    })),
    runs: view.runs.map((run) => ({
      ...run,
      ...(run.id === going ? { status: 'running' } : {}),
      ...(run.id === past.run ? { isShown: true } : {}),
    })),
  };
}

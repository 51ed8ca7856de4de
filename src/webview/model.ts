import {
  type DashboardCause,
  type DashboardCell,
  type DashboardHead,
  type DashboardRow,
  type DashboardRun,
  type DashboardStep,
  isFailure,
} from '../view/dashboard/model.ts';
import type { DashboardUpdate, RowUpdate } from '../view/dashboard/update.ts';

/** Everything that the extension has sent: the page shows this and nothing else. */
export interface PageModel {
  readonly head?: DashboardHead;
  readonly steps: readonly DashboardStep[];
  readonly order: readonly string[];
  readonly rows: ReadonlyMap<string, DashboardRow>;
  readonly causes: readonly DashboardCause[];
  readonly runs: readonly DashboardRun[];
}

export const emptyModel: PageModel = { steps: [], order: [], rows: new Map(), causes: [], runs: [] };

function patched(
  before: DashboardRow | undefined,
  { cells, ...face }: RowUpdate,
  size: number,
): DashboardRow {
  const all: DashboardCell[] = Array.from(
    { length: size },
    (_, column) => before?.cells[column] ?? { status: 'none', traits: [] },
  );
  const isColumn = (column: number): boolean => Number.isInteger(column) && column >= 0 && column < size;
  for (const { column, cell } of cells) if (isColumn(column)) all[column] = cell;
  return { ...face, cells: all };
}

/** The model after an update. */
export function applyUpdate(model: PageModel, update: DashboardUpdate): PageModel {
  const steps = update.steps ?? model.steps;
  const order = update.order ?? model.order;
  const known = update.steps ? emptyModel.rows : model.rows;
  const rows = new Map(known);
  for (const row of update.rows ?? []) rows.set(row.id, patched(known.get(row.id), row, steps.length));
  if (update.order) {
    const present = new Set(order);
    for (const id of rows.keys()) if (!present.has(id)) rows.delete(id);
  }
  const head = update.head ?? model.head;
  return {
    ...(head ? { head } : {}),
    ...{ steps, order, rows },
    causes: update.causes ?? model.causes,
    runs: update.runs ?? model.runs,
  };
}

/** The rows to show: nodes of closed groups are left out, with the filter also all without a failure. */
export function visibleRows(
  { order, rows }: PageModel,
  { open, onlyFailures }: { readonly open: ReadonlySet<string>; readonly onlyFailures: boolean },
): readonly DashboardRow[] {
  return order.flatMap((id) => {
    const row = rows.get(id);
    if (!row) return [];
    const fails = isFailure(row.status) || row.cells.some(({ status }) => isFailure(status));
    if (onlyFailures && !fails) return [];
    if (row.group === undefined || open.has(row.group)) return [row];
    return onlyFailures ? [row] : [];
  });
}

/** The nodes of a row: its own, or those of the group. */
export function nodesOf({ order, rows }: PageModel, id: string): readonly string[] {
  if (!rows.get(id)?.isGroup) return [id];
  return order.filter((each) => rows.get(each)?.group === id);
}

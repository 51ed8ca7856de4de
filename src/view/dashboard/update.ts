import type {
  DashboardCause,
  DashboardCell,
  DashboardHead,
  DashboardRow,
  DashboardRun,
  DashboardStep,
  DashboardView,
} from './model.ts';

/** A new or changed cell; the column is the place of its step. */
export interface CellUpdate {
  readonly column: number;
  readonly cell: DashboardCell;
}

/** A new or changed row with those of its cells that are new or changed. */
export interface RowUpdate extends Omit<DashboardRow, 'cells'> {
  readonly cells: readonly CellUpdate[];
}

/** What has changed since the last update; the first one contains everything. */
export interface DashboardUpdate {
  readonly head?: DashboardHead;
  /** Before it, all rows are dropped. */
  readonly steps?: readonly DashboardStep[];
  /** The ids of all rows in their order. */
  readonly order?: readonly string[];
  readonly rows?: readonly RowUpdate[];
  readonly causes?: readonly DashboardCause[];
  readonly runs?: readonly DashboardRun[];
}

interface SentRow {
  readonly face: string;
  readonly cells: readonly string[];
}

/** What the page has been sent, as text to compare with. */
export interface SentParts {
  readonly parts: ReadonlyMap<string, string>;
  readonly rows: ReadonlyMap<string, SentRow>;
}

export const nothingSent: SentParts = { parts: new Map(), rows: new Map() };

const texts = new WeakMap<DashboardRow, SentRow>();
const cellTexts = new WeakMap<DashboardCell, string>();

function cellText(cell: DashboardCell): string {
  const known = cellTexts.get(cell);
  if (known !== undefined) return known;
  const made = JSON.stringify(cell);
  cellTexts.set(cell, made);
  return made;
}

function sentRow(row: DashboardRow): SentRow {
  const known = texts.get(row);
  if (known) return known;
  const { cells, ...face } = row;
  const made = { face: JSON.stringify(face), cells: cells.map(cellText) };
  texts.set(row, made);
  return made;
}

/** The row with its changed cells; undefined if nothing has changed. */
function rowUpdate(row: DashboardRow, now: SentRow, before: SentRow | undefined): RowUpdate | undefined {
  const cells = row.cells.flatMap((cell, column) =>
    before?.cells[column] === now.cells[column] ? [] : [{ column, cell }],
  );
  return cells.length > 0 || before?.face !== now.face ? { ...row, cells } : undefined;
}

/** The time alone is no change: the page continues it. */
function headText({ now: _, ...rest }: DashboardHead): string {
  return JSON.stringify(rest);
}

/** The difference to what was sent; without an update if there is none. */
export function updateOf(
  { head, steps, rows, causes, runs }: DashboardView,
  sent: SentParts,
): { readonly update?: DashboardUpdate; readonly sent: SentParts } {
  const order = rows.map(({ id }) => id);
  const parts = new Map([
    ['head', headText(head)],
    ['steps', JSON.stringify(steps)],
    ['order', JSON.stringify(order)],
    ['causes', JSON.stringify(causes)],
    ['runs', JSON.stringify(runs)],
  ]);
  const has = (name: string): boolean => sent.parts.get(name) !== parts.get(name);
  const before = has('steps') ? nothingSent.rows : sent.rows;
  const now = new Map<string, SentRow>();
  const changed = rows.flatMap((row) => {
    const each = sentRow(row);
    now.set(row.id, each);
    return rowUpdate(row, each, before.get(row.id)) ?? [];
  });
  const update: DashboardUpdate = {
    ...(has('head') ? { head } : {}),
    ...(has('steps') ? { steps } : {}),
    ...(has('order') ? { order } : {}),
    ...(changed.length > 0 ? { rows: changed } : {}),
    ...(has('causes') ? { causes } : {}),
    ...(has('runs') ? { runs } : {}),
  };
  const next = { parts, rows: now };
  return Object.keys(update).length > 0 ? { update, sent: next } : { sent: next };
}

import type {
  DashboardCause,
  DashboardHead,
  DashboardRow,
  DashboardRun,
  DashboardStep,
  DashboardView,
} from './model.ts';

/** What has changed since the last update; the first one contains everything. */
export interface DashboardUpdate {
  readonly head?: DashboardHead;
  readonly steps?: readonly DashboardStep[];
  /** The ids of all rows in their order. */
  readonly order?: readonly string[];
  /** New and changed rows. */
  readonly rows?: readonly DashboardRow[];
  readonly causes?: readonly DashboardCause[];
  readonly runs?: readonly DashboardRun[];
}

/** What the page has been sent, as text to compare with. */
export interface SentParts {
  readonly parts: ReadonlyMap<string, string>;
  readonly rows: ReadonlyMap<string, string>;
}

export const nothingSent: SentParts = { parts: new Map(), rows: new Map() };

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
  const texts = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
  const has = (name: string): boolean => sent.parts.get(name) !== parts.get(name);
  const changed = rows.filter(({ id }) => sent.rows.get(id) !== texts.get(id));
  const update: DashboardUpdate = {
    ...(has('head') ? { head } : {}),
    ...(has('steps') ? { steps } : {}),
    ...(has('order') ? { order } : {}),
    ...(changed.length > 0 ? { rows: changed } : {}),
    ...(has('causes') ? { causes } : {}),
    ...(has('runs') ? { runs } : {}),
  };
  const now = { parts, rows: texts };
  return Object.keys(update).length > 0 ? { update, sent: now } : { sent: now };
}

import type { DashboardTexts } from '../protocol/dashboard.ts';
import type { DashboardRow, DashboardStep } from '../view/dashboard/model.ts';
import { arrange, element } from './dom.ts';
import { moved } from './navigate.ts';
import { createRoving, type Roving, type Spot } from './roving.ts';
import { createRow, type RowView } from './row-view.ts';

/** A place of the grid by its names; without a step, the node or group itself. */
export interface GridPlace {
  readonly row: string;
  readonly column?: number;
}

export interface Grid {
  readonly element: HTMLElement;
  show(rows: readonly DashboardRow[], steps: readonly DashboardStep[], open: ReadonlySet<string>): void;
  tick(now: number): void;
  /** The place of an element inside the grid. */
  placeOf(target: EventTarget | null): GridPlace | undefined;
}

/** More columns than these have their titles upright. */
const maxWideColumns = 10;

function headRow(steps: readonly DashboardStep[], { labels }: DashboardTexts): HTMLElement {
  const root = element('div', 'row head');
  root.setAttribute('role', 'row');
  const titles = [
    element('div', 'name', labels.node),
    ...steps.map(({ id }) => {
      const cell = element('div', 'step');
      cell.append(element('span', '', id));
      cell.title = id;
      return cell;
    }),
    element('div', 'time', labels.time),
  ];
  for (const title of titles) title.setAttribute('role', 'columnheader');
  root.append(...titles);
  return root;
}

interface Shown {
  readonly views: ReadonlyMap<string, RowView>;
  readonly order: readonly string[];
}

/** The place of an element inside the grid. */
function placeAt({ views }: Shown, target: EventTarget | null): GridPlace | undefined {
  const place = target instanceof Element ? target.closest<HTMLElement>('.name, .cell') : null;
  const row = place?.closest<HTMLElement>('[data-row]')?.dataset.row;
  if (!place || row === undefined) return undefined;
  const index = views.get(row)?.places.indexOf(place) ?? -1;
  return index > 0 ? { row, column: index - 1 } : { row };
}

interface Listening {
  readonly shown: () => Shown;
  readonly columns: () => number;
  readonly roving: Roving;
  readonly act: (place: GridPlace) => void;
}

function listen(root: HTMLElement, { shown, columns, roving, act }: Listening): void {
  const spotOf = ({ row, column = -1 }: GridPlace): Spot => ({ row, index: column + 1 });
  root.addEventListener('keydown', (event) => {
    const place = placeAt(shown(), event.target);
    if (!place || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act(place);
      return;
    }
    const { order } = shown();
    const from = { row: order.indexOf(place.row), column: spotOf(place).index };
    const key = event.ctrlKey ? `Control+${event.key}` : event.key;
    const to = moved(key, from, { rows: order.length, columns: columns() + 1 });
    if (!to) return;
    event.preventDefault();
    roving.choose({ row: order[to.row] ?? '', index: to.column })?.focus();
  });
  root.addEventListener('click', (event) => {
    const place = placeAt(shown(), event.target);
    if (place) act(place);
  });
  root.addEventListener('focusin', (event) => {
    const place = placeAt(shown(), event.target);
    if (place) roving.choose(spotOf(place));
  });
  root.addEventListener('pointerover', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.name, .cell') : null;
    const label = target?.getAttribute('aria-label');
    if (target && label) target.title = label;
  });
}

/** The matrix of nodes and steps: one place can be reached with Tab, arrows move from there. */
export function createGrid(texts: DashboardTexts, act: (place: GridPlace) => void): Grid {
  const root = element('div', 'grid');
  root.setAttribute('role', 'grid');
  root.setAttribute('aria-label', texts.labels.matrix);
  const views = new Map<string, RowView>();
  let order: readonly string[] = [];
  let columns: readonly DashboardStep[] = [];
  let columnKey = '';
  let head = headRow([], texts);
  const roving = createRoving(({ row, index }) => views.get(row)?.places[index]);
  const shown = (): Shown => ({ views, order });
  listen(root, { shown, columns: () => columns.length, roving, act });

  function restart(steps: readonly DashboardStep[]): void {
    columns = steps;
    views.clear();
    root.classList.toggle('dense', steps.length > maxWideColumns);
    root.style.setProperty('--columns', String(steps.length));
    root.setAttribute('aria-colcount', String(steps.length + 2));
    head = headRow(steps, texts);
  }

  return {
    element: root,
    placeOf: (target) => placeAt(shown(), target),
    show: (rows, steps, open) => {
      const key = JSON.stringify(steps);
      if (key !== columnKey) restart(steps);
      columnKey = key;
      const isFocused = root.contains(document.activeElement);
      order = rows.map(({ id }) => id);
      const present = new Set(order);
      for (const id of views.keys()) if (!present.has(id)) views.delete(id);
      const elements = rows.map((row) => {
        const view = views.get(row.id) ?? createRow(row, columns, texts);
        views.set(row.id, view);
        view.show(row, open.has(row.id));
        return view.element;
      });
      root.classList.toggle(
        'groups',
        rows.some(({ isGroup }) => isGroup),
      );
      arrange(root, [head, ...elements]);
      root.setAttribute('aria-rowcount', String(rows.length + 1));
      const { current } = roving;
      const place = roving.choose(present.has(current.row) ? current : { row: order[0] ?? '', index: 0 });
      // A row that moved has lost the focus, and so has one that is no longer shown.
      if (isFocused && !root.contains(document.activeElement)) place?.focus({ preventScroll: true });
    },
    tick: (now) => {
      for (const view of views.values()) view.tick(now);
    },
  };
}

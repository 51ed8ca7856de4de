import type { DashboardTexts } from '../protocol/dashboard.ts';
import type { DashboardRow, DashboardStep } from '../view/dashboard/model.ts';
import { type CellView, createCell } from './cell-view.ts';
import { element, setAttribute, setText } from './dom.ts';
import { glyph, setGlyph } from './glyphs.ts';
import { clock, segmentsOf } from './times.ts';

/** A row of the grid: the name of a node or group, its steps, and how long they took. */
export interface RowView {
  readonly element: HTMLElement;
  /** The focusable elements; the first one has the name. */
  readonly places: readonly HTMLElement[];
  show(row: DashboardRow, isOpen: boolean): void;
  /** Shows the time until now. */
  tick(now: number): void;
}

/** From the first start to the last end. */
function elapsed(row: DashboardRow, now: number): string {
  const segments = segmentsOf([row], now);
  const [first] = segments;
  if (!first) return '';
  const end = segments.reduce((latest, { to }) => Math.max(latest, to), first.to);
  return clock(end - first.from);
}

function nameLabel(row: DashboardRow, texts: DashboardTexts): string {
  const parts = [row.label, ...(row.isGroup ? [] : [texts.statuses[row.status]]), row.note];
  return parts.filter((part) => part !== undefined).join(', ');
}

function createName(): {
  readonly root: HTMLElement;
  show(row: DashboardRow, isOpen: boolean, texts: DashboardTexts): void;
} {
  const root = element('div', 'name');
  root.setAttribute('role', 'rowheader');
  root.tabIndex = -1;
  const twistie = element('span', 'twistie');
  twistie.setAttribute('aria-hidden', 'true');
  const picture = glyph();
  const label = element('span', 'label');
  const note = element('span', 'note');
  root.append(twistie, picture, label, note);
  return {
    root,
    show: (row, isOpen, texts) => {
      root.dataset.status = row.status;
      setGlyph(picture, row.status);
      setText(twistie, row.isGroup ? (isOpen ? '▾' : '▸') : '');
      setAttribute(root, 'aria-expanded', row.isGroup ? String(isOpen) : undefined);
      setText(label, row.label);
      setText(note, row.note ?? '');
      setAttribute(root, 'aria-label', nameLabel(row, texts));
    },
  };
}

export function createRow(
  row: DashboardRow,
  steps: readonly DashboardStep[],
  texts: DashboardTexts,
): RowView {
  const root = element('div', 'row');
  root.setAttribute('role', 'row');
  root.dataset.row = row.id;
  const name = createName();
  const cells: readonly CellView[] = steps.map(({ id }) => createCell({ step: id, node: row.label }, texts));
  const time = element('div', 'time');
  time.setAttribute('role', 'gridcell');
  root.append(name.root, ...cells.map((cell) => cell.element), time);
  let shown = row;
  let wasOpen: boolean | undefined;
  return {
    element: root,
    places: [name.root, ...cells.map((cell) => cell.element)],
    show: (next, isOpen) => {
      if (next === shown && isOpen === wasOpen) return;
      shown = next;
      wasOpen = isOpen;
      root.classList.toggle('member', next.group !== undefined);
      name.show(next, isOpen, texts);
      for (const [column, cell] of next.cells.entries()) cells[column]?.show(cell);
    },
    tick: (now) => setText(time, shown.isGroup ? '' : elapsed(shown, now)),
  };
}

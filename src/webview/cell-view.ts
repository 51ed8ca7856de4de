import type { DashboardTexts } from '../protocol/dashboard.ts';
import type { DashboardCell } from '../view/dashboard/model.ts';
import { element, setAttribute, setText } from './dom.ts';
import { glyph, setGlyph } from './glyphs.ts';
import { clock } from './times.ts';

/** A cell of the grid that shows a step on a node or on a group of nodes. */
export interface CellView {
  readonly element: HTMLElement;
  show(cell: DashboardCell): void;
}

/** What the label of a cell begins with: `upgrade, openstack2`. */
export interface CellName {
  readonly step: string;
  readonly node: string;
}

/** How many statuses of a group fit in a cell; the label has all of them. */
const shownCounts = 2;

/** The text of a blocked cell contains the word of its status: `blocked by upgrade`. */
function wordsOf({ status, text }: DashboardCell, { statuses }: DashboardTexts): readonly string[] {
  if (text === undefined) return [statuses[status]];
  return status === 'blocked' ? [text] : [statuses[status], text];
}

/** Everything about a cell in one line, for screen readers and tooltips. */
export function cellLabel({ step, node }: CellName, cell: DashboardCell, texts: DashboardTexts): string {
  const { counts, startedAt, milliseconds } = cell;
  const words = counts
    ? counts.map(({ status: each, count }) => `${texts.statuses[each]} ${count}`)
    : wordsOf(cell, texts);
  const lang = document.documentElement.lang;
  const start = startedAt === undefined ? [] : [startText(startedAt, lang, texts)];
  const took = milliseconds === undefined ? [] : [`${texts.labels.length} ${clock(milliseconds)}`];
  return [step, node, ...words, ...start, ...took].join(', ');
}

function startText(at: number, lang: string, { labels }: DashboardTexts): string {
  return `${labels.start} ${new Date(at).toLocaleTimeString(lang)}`;
}

/** Next to the picture: how far it is, or what it waits for; a cause is in the label, and in the row. */
function shortText({ counts, status, text, waits, percent }: DashboardCell): string {
  if (counts) return '';
  if (waits !== undefined) return waits;
  if (percent !== undefined) return `${percent} %`;
  return status === 'running' ? (text ?? '') : '';
}

/** The number of nodes with each status, failures first. */
function showCounts(parent: HTMLElement, counts: DashboardCell['counts']): void {
  const parts = (counts ?? []).slice(0, shownCounts).map(({ status, count }) => {
    const part = element('span', 'count');
    part.dataset.status = status;
    const picture = glyph();
    setGlyph(picture, status);
    part.append(picture, String(count));
    return part;
  });
  parent.replaceChildren(...parts);
}

export function createCell(name: CellName, texts: DashboardTexts): CellView {
  const root = element('div', 'cell');
  root.setAttribute('role', 'gridcell');
  root.tabIndex = -1;
  const picture = glyph();
  const text = element('span', 'text');
  const counts = element('span', 'counts');
  root.append(picture, text);
  let shown: DashboardCell | undefined;
  return {
    element: root,
    show: (cell) => {
      // The model keeps the cells that an update does not name.
      if (cell === shown) return;
      shown = cell;
      root.dataset.status = cell.status;
      setGlyph(picture, cell.waits === undefined ? cell.status : 'waits');
      setText(text, shortText(cell));
      if (cell.counts) {
        root.classList.add('group');
        if (!counts.isConnected) root.append(counts);
        showCounts(counts, cell.counts);
      }
      // A narrow column has room for a number, not for words.
      root.toggleAttribute('data-measured', cell.percent !== undefined);
      if (cell.percent === undefined) root.style.removeProperty('--percent');
      else root.style.setProperty('--percent', `${cell.percent}%`);
      setAttribute(root, 'aria-label', cellLabel(name, cell, texts));
    },
  };
}

import { largest } from '../../base/extremes.ts';
import type { Translate } from '../../base/l10n.ts';
import { type Cell, cellText } from '../../view/cell.ts';
import type { Matrix } from '../../view/matrix.ts';
import { statusText } from '../../view/status.ts';
import type { Style } from '../terminal/style.ts';
import { pad, widthOf } from '../text/width.ts';
import { cellStyle } from './cell-style.ts';

interface Page {
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
}

const gap = '  ';

/** Steps as rows, nodes as columns, a sign and a word in each cell; undefined if that is too wide. */
function wide({ steps, rows }: Matrix, { t, style, columns }: Page): string | undefined {
  const word = (cell: Cell | undefined): string =>
    cell ? `${cellStyle(cell.status, style).sign} ${t(cellText(cell))}` : '';
  const lead = largest(steps.map(widthOf));
  const widths = rows.map(({ node, cells }) => largest(cells.map(word).map(widthOf), widthOf(node)));
  if (lead + widths.reduce((sum, width) => sum + gap.length + width, 0) > columns) return undefined;
  const heading = rows.map(({ node }, index) => style.bold(pad(node, widths[index] ?? 0)));
  const lines = steps.map((step, at) => {
    const cells = rows.map((row, index) => {
      const cell = row.cells[at];
      const text = pad(word(cell), widths[index] ?? 0);
      return cell ? cellStyle(cell.status, style).paint(text) : text;
    });
    return [pad(step, lead), ...cells].join(gap);
  });
  return [[' '.repeat(lead), ...heading].join(gap), ...lines].join('\n');
}

/** Nodes as rows, numbered steps as columns, only signs, with a legend; for clusters wider than the page. */
function narrow({ steps, rows }: Matrix, { t, style }: Page): string {
  const lead = largest(rows.map(({ node }) => widthOf(node)));
  const number = (at: number): string => String(at + 1).padStart(2);
  const heading = style.dim([' '.repeat(lead), ...steps.map((_, at) => number(at))].join(' '));
  const lines = rows.map(({ node, cells }) => {
    const signs = cells.map((cell) => {
      if (!cell) return '  ';
      const { sign, paint } = cellStyle(cell.status, style);
      return ` ${paint(sign)}`;
    });
    return [style.bold(pad(node, lead)), ...signs].join(' ');
  });
  const shown = new Map(
    rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell ? [[cell.status, cell.kind]] : []))),
  );
  const legend = [...shown].map(([status, kind]) => {
    const { sign, paint } = cellStyle(status, style);
    return paint(`${sign} ${t(statusText(status, kind))}`);
  });
  const names = steps.map((step, at) => `${style.dim(number(at))} ${step}`);
  return [heading, ...lines, '', ...names, '', legend.join(gap)].join('\n');
}

/** The steps to show; one without any script is reported elsewhere. */
function withoutUnavailable({ steps, rows }: Matrix): Matrix {
  const kept = steps.map((_, at) =>
    rows.some(({ cells }) => cells[at] && cells[at].status !== 'unavailable'),
  );
  return {
    steps: steps.filter((_, at) => kept[at]),
    rows: rows.map(({ node, cells }) => ({ node, cells: cells.filter((_, at) => kept[at]) })),
  };
}

/** The matrix as text, without a trailing newline; empty if there is nothing to show. */
export function matrixText(whole: Matrix, page: Page): string {
  const matrix = withoutUnavailable(whole);
  if (matrix.rows.length === 0 || matrix.steps.length === 0) return '';
  const text = wide(matrix, page) ?? narrow(matrix, page);
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

import type { Translate } from '../../base/l10n.ts';
import type { Style } from '../terminal/style.ts';
import { printable } from '../text/printable.ts';
import { clip, pad, widthOf } from '../text/width.ts';
import type { LiveRow } from './rows.ts';

export interface RowPage {
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
  readonly widths: { readonly node: number; readonly step: number };
}

/** The current activity on the node, in addition to its state. */
export interface Moment {
  /** The last line of its output. */
  readonly line: string;
  /** Elapsed time of the step in milliseconds. */
  readonly elapsed?: number;
}

/** The width of the bar, normally and on a narrow terminal. */
const barWidths = [20, 10, 0];

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

function bar(percent: number | undefined, width: number, style: Style): string {
  if (percent === undefined) return ' '.repeat(width + 5);
  const full = Math.round((percent / 100) * width);
  const empty = style.dim(style.signs.empty.repeat(width - full));
  return `${style.green(style.signs.full.repeat(full))}${empty} ${String(percent).padStart(3)}%`;
}

function settled(row: LiveRow, page: RowPage): string {
  const { t, style } = page;
  const words = (row.words ?? []).map(t).join(', ');
  const lead = pad(row.node, page.widths.node);
  const room = page.columns - widthOf(lead) - 5;
  const text = clip(words, room, style.signs.ellipsis);
  if (row.phase !== 'finished') return `${lead}  ${style.dim(text)}`;
  const sign = row.good ? style.green(style.signs.done) : style.red(style.signs.failed);
  return `${lead}  ${sign} ${row.good ? style.dim(text) : text}`;
}

/** The line of a node, never wider than the terminal: name, finished steps, current step, bar, time, last log line. */
export function rowText(row: LiveRow, moment: Moment, page: RowPage): string {
  const { style, columns, widths } = page;
  if (row.step === undefined) return settled(row, page);
  const digits = String(row.total).length;
  const count = `${String(row.done + 1).padStart(digits)}/${row.total}`;
  const time = (moment.elapsed === undefined ? '' : clock(moment.elapsed)).padStart(5);
  const lead = `${pad(row.node, widths.node)}  ${style.dim(count)}  ${pad(row.step, widths.step)}`;
  const full = barWidths
    .map((width) => `${lead}  ${bar(row.percent, width, style)}  ${style.dim(time)}`)
    .find((line) => widthOf(line) < columns);
  if (full === undefined) return clip(`${row.node}  ${row.step}`, columns - 1, style.signs.ellipsis);
  const room = columns - 1 - widthOf(full) - 2;
  return room < 8 ? full : `${full}  ${style.dim(clip(printable(moment.line), room, style.signs.ellipsis))}`;
}

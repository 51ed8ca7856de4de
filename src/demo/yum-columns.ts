import { largest } from '../base/extremes.ts';
import type { DemoPackage } from './yum-package.ts';
import { sizeText } from './yum-package.ts';

/** The width that yum and dnf assume without a terminal. */
export const screen = 80;

/** Table columns used for the indent and the gaps between the texts. */
const gaps = 6;
const sizeWidth = 5;

/** Widths of name, architecture, version and repository. */
type Widths = readonly [number, number, number, number];

export interface TableLayout {
  readonly widths: Widths;
  /** The width of the rules. */
  readonly width: number;
}

function maxLength(texts: readonly string[]): number {
  return largest(
    texts.map((text) => text.length),
    0,
  );
}

/** Each column is as wide as its longest text; surplus space is distributed, missing space is taken from the names or widens the table. */
export function layOut(packages: readonly DemoPackage[], mayGrow: boolean): TableLayout {
  const name = maxLength(packages.map((each) => each.name));
  const arch = maxLength(packages.map((each) => each.arch));
  const version = maxLength(packages.map((each) => each.version));
  const repository = maxLength(packages.map((each) => each.repository));
  const spare = screen - gaps - sizeWidth - name - arch - version - repository;
  if (spare < 0) {
    return mayGrow
      ? { widths: [name, arch, version, repository], width: screen - spare }
      : { widths: [Math.max(8, name + spare), arch, version, repository], width: screen };
  }
  const share = Math.floor(spare / 4);
  const rest = spare - 4 * share;
  // yum 3 has no shorter heading for its repositories.
  const lack = mayGrow ? 0 : Math.min(share, Math.max(0, 'Repository'.length - repository - share));
  return {
    widths: [name + share - lack, arch + share, version + share + rest, repository + share + lack],
    width: screen,
  };
}

/** A row; a name that is too long is on a separate line. */
function cells(texts: readonly [string, string, string, string], size: string, widths: Widths): string {
  const [name, ...rest] = texts.map((text, index) => text.padEnd(widths[index] ?? 0));
  const tail = `${rest.join(' ')} ${size.padStart(sizeWidth)}`;
  const broken = (name ?? '').length > widths[0];
  return broken ? ` ${name}\n ${' '.repeat(widths[0])} ${tail}` : ` ${name} ${tail}`;
}

export function headerRow({ widths }: TableLayout, names: readonly [string, string, string, string]): string {
  return cells(names, 'Size', widths);
}

export function packageRow({ widths }: TableLayout, each: DemoPackage): string {
  return cells([each.name, each.arch, each.version, each.repository], sizeText(each.size), widths);
}

function widthsOf(names: readonly string[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) =>
    maxLength(names.filter((_name, index) => index % columns === column)),
  );
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

/** The lists after a transaction: as many columns as fit, up to eight, with surplus blanks distributed. */
export function listRows(names: readonly string[]): readonly string[] {
  let columns = Math.min(8, names.length);
  const taken = (count: number) => sum(widthsOf(names, count)) + 2 + (count - 1);
  while (columns > 1 && taken(columns) > screen) columns -= 1;
  const spare = Math.max(0, screen - taken(columns));
  const share = Math.floor(spare / columns);
  const widths = widthsOf(names, columns).map(
    (width, column) => width + share + (column === 0 ? spare - share * columns : 0),
  );
  const rows: string[] = [];
  for (let start = 0; start < names.length; start += columns) {
    const row = names.slice(start, start + columns).map((name, column) => name.padEnd(widths[column] ?? 0));
    rows.push(`  ${row.join(' ')}`);
  }
  return rows;
}

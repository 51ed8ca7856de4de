import type { AddressRange } from '../cluster/cidr.ts';

/** An address range on an interface. */
export interface RangeOn {
  readonly range: AddressRange;
  readonly device: string;
}

/** The first entry of a list, and the first one with another interface. */
interface Firsts {
  readonly one?: number;
  readonly other?: number;
}

/** A range that contains the current address; open ranges are nested, the innermost last. */
interface Open {
  readonly index: number;
  readonly last: bigint;
  readonly family: number;
  /** For this range and those that contain it. */
  readonly around: Firsts;
  /** For the ranges that it contains. */
  inside: Firsts;
}

/**
 * For each range, the index of the first other range that overlaps it and is on another interface. CIDR ranges
 * are nested or disjoint, so one pass in order finds all.
 */
export function overlaps(ranges: readonly RangeOn[]): readonly (number | undefined)[] {
  const deviceOf = (index: number | undefined): string | undefined =>
    index === undefined ? undefined : ranges[index]?.device;
  const add = ({ one, other }: Firsts, index: number | undefined): Firsts => {
    if (index === undefined)
      return { ...(one === undefined ? {} : { one }), ...(other === undefined ? {} : { other }) };
    const all = [one, other, index].filter((each) => each !== undefined).sort((a, b) => a - b);
    const [first] = all;
    const second = all.find((each) => deviceOf(each) !== deviceOf(first));
    return {
      ...(first === undefined ? {} : { one: first }),
      ...(second === undefined ? {} : { other: second }),
    };
  };
  const elsewhere = ({ one, other }: Firsts, index: number): number | undefined =>
    deviceOf(one) === deviceOf(index) ? other : one;
  const found: (number | undefined)[] = ranges.map(() => undefined);
  const note = (index: number, other: number | undefined): void => {
    const before = found[index];
    if (other !== undefined && (before === undefined || other < before)) found[index] = other;
  };
  const open: Open[] = [];
  const close = (): void => {
    const left = open.pop();
    if (!left) return;
    note(left.index, elsewhere(left.inside, left.index));
    const outer = open.at(-1);
    if (outer)
      for (const index of [left.index, left.inside.one, left.inside.other])
        outer.inside = add(outer.inside, index);
  };
  for (const index of inOrder(ranges)) {
    const { family, first, last } = ranges[index]?.range ?? { family: 4, first: 0n, last: 0n };
    for (let top = open.at(-1); top && (top.family !== family || top.last < first); top = open.at(-1))
      close();
    const around = open.at(-1)?.around ?? {};
    note(index, elsewhere(around, index));
    open.push({ index, last, family, around: add(around, index), inside: {} });
  }
  while (open.length > 0) close();
  return found;
}

/** The indexes of the ranges sorted by start; for equal starts, the wider range first. */
function inOrder(ranges: readonly RangeOn[]): readonly number[] {
  const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...ranges.keys()].sort((a, b) => {
    const [one, other] = [ranges[a]?.range, ranges[b]?.range];
    if (!one || !other) return 0;
    return (
      one.family - other.family || compare(one.first, other.first) || compare(other.last, one.last) || a - b
    );
  });
}

/** One figure of a benchmark and that of its peer, in the same unit. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'kB' | 'MB' | 'MB/s' | '%' | 'modules';
  readonly ours: number;
  /** The name of the peer and its figure. */
  readonly peer: { readonly name: string; readonly value: number };
  /** The goal, as text; `met` says whether it was reached. */
  readonly goal: string;
  readonly met: boolean;
}

/** The line that every benchmark prints per figure. */
export function benchLine({ name, unit, ours, peer, goal, met }: Figure): string {
  const number = (value: number): string => `${Math.round(value * 10) / 10}${unit}`;
  const ratio = peer.value === 0 ? 'none' : (ours / peer.value).toFixed(2);
  return `BENCH ${name} ours=${number(ours)} peer=${number(peer.value)} (${peer.name}) ratio=${ratio} goal=${goal} ${met ? 'met' : 'MISSED'}`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

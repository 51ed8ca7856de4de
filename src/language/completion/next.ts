import { addressValue, ipv4Text, networkText, parseCidr } from '../../cluster/cidr.ts';
import type { Cluster } from '../../cluster/model.ts';

/** Numbers of consecutive free names after those of the nodes: stem `compute`, `03` to `05` after `compute02`. */
export interface NextNames {
  readonly stem: string;
  readonly first: string;
  readonly last: string;
}

/** The next `count` consecutive names after those of the nodes. */
export function nextNames(nodes: Cluster['nodes'], count: number): NextNames {
  const taken = new Set(nodes.map(({ name }) => name));
  const [, stem = 'node', digits = String(taken.size)] =
    /^(.*?)(\d{1,9})$/.exec(nodes.at(-1)?.name ?? '') ?? [];
  let number = Number(digits) + 1;
  const text = (index: number): string => String(number + index).padStart(digits.length, '0');
  const isTaken = (_: unknown, index: number): boolean => taken.has(`${stem}${text(index)}`);
  while (Array.from({ length: count }).some(isTaken)) number += 1;
  return { stem, first: text(0), last: text(count - 1) };
}

/** The next name after those of the nodes: `compute03` after `compute02`. */
export function nextName(nodes: Cluster['nodes']): string {
  const { stem, first } = nextNames(nodes, 1);
  return `${stem}${first}`;
}

/** The first `count` consecutive free IPv4 addresses of one /24 after that of the last node; undefined if it has none. */
export function nextAddresses(nodes: Cluster['nodes'], count: number): readonly string[] | undefined {
  const values = nodes.map(({ address }) => addressValue(address ?? ''));
  const last = values.findLast((each) => each?.family === 4);
  if (!last) return undefined;
  const taken = new Set(values.map((each) => each?.value));
  const isFree = (value: bigint): boolean =>
    !taken.has(value) && value % 256n !== 0n && value % 256n !== 255n;
  let next = last.value + 1n;
  const row = (): readonly bigint[] => Array.from({ length: count }, (_, index) => next + BigInt(index));
  while (!row().every(isFree)) next += 1n;
  return row().map(ipv4Text);
}

/** The first free IPv4 address after that of the last node; undefined if it has none. */
export function nextAddress(nodes: Cluster['nodes']): string | undefined {
  return nextAddresses(nodes, 1)?.[0];
}

/** The /24 networks that contain the nodes. */
export function nodeNetworks(nodes: Cluster['nodes']): readonly string[] {
  const texts = nodes.flatMap(({ address }) => {
    const range = parseCidr(`${address}/24`);
    return range ? (networkText(range) ?? []) : [];
  });
  return [...new Set(texts)];
}

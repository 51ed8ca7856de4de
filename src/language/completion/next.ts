import { addressValue, ipv4Text, networkText, parseCidr } from '../../cluster/cidr.ts';
import type { Cluster } from '../../cluster/model.ts';

/** The name that comes after those of the nodes: `compute02` and then `compute03`. */
export function nextName(nodes: Cluster['nodes']): string {
  const taken = new Set(nodes.map(({ name }) => name));
  const [, stem = 'node', digits = String(taken.size)] =
    /^(.*?)(\d{1,9})$/.exec(nodes.at(-1)?.name ?? '') ?? [];
  let number = Number(digits) + 1;
  const text = (): string => `${stem}${String(number).padStart(digits.length, '0')}`;
  while (taken.has(text())) number += 1;
  return text();
}

/** The first free IPv4 address after that of the last node; none where that has none. */
export function nextAddress(nodes: Cluster['nodes']): string | undefined {
  const values = nodes.map(({ address }) => addressValue(address));
  const last = values.findLast((each) => each?.family === 4);
  if (!last) return undefined;
  const taken = new Set(values.map((each) => each?.value));
  let next = last.value + 1n;
  while (taken.has(next) || next % 256n === 0n || next % 256n === 255n) next += 1n;
  return ipv4Text(next);
}

/** The IPv4 networks of 256 addresses that the nodes are in. */
export function nodeNetworks(nodes: Cluster['nodes']): readonly string[] {
  const texts = nodes.flatMap(({ address }) => {
    const range = parseCidr(`${address}/24`);
    return range ? (networkText(range) ?? []) : [];
  });
  return [...new Set(texts)];
}

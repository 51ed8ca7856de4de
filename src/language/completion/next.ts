import { addressValue, ipv4Text, networkText, parseCidr } from '../../cluster/cidr.ts';
import type { Cluster } from '../../cluster/model.ts';

/** The next name after those of the nodes: `compute03` after `compute02`. */
export function nextName(nodes: Cluster['nodes']): string {
  const taken = new Set(nodes.map(({ name }) => name));
  const [, stem = 'node', digits = String(taken.size)] =
    /^(.*?)(\d{1,9})$/.exec(nodes.at(-1)?.name ?? '') ?? [];
  let number = Number(digits) + 1;
  const text = (): string => `${stem}${String(number).padStart(digits.length, '0')}`;
  while (taken.has(text())) number += 1;
  return text();
}

/** The first free IPv4 address after that of the last node; undefined if it has none. */
export function nextAddress(nodes: Cluster['nodes']): string | undefined {
  const values = nodes.map(({ address }) => addressValue(address));
  const last = values.findLast((each) => each?.family === 4);
  if (!last) return undefined;
  const taken = new Set(values.map((each) => each?.value));
  let next = last.value + 1n;
  while (taken.has(next) || next % 256n === 0n || next % 256n === 255n) next += 1n;
  return ipv4Text(next);
}

/** The /24 networks that contain the nodes. */
export function nodeNetworks(nodes: Cluster['nodes']): readonly string[] {
  const texts = nodes.flatMap(({ address }) => {
    const range = parseCidr(`${address}/24`);
    return range ? (networkText(range) ?? []) : [];
  });
  return [...new Set(texts)];
}

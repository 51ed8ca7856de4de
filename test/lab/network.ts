import { existsSync } from 'node:fs';
import { LabError, mustSync, runSync } from './run.ts';

/** The lab's prefix, from the range reserved for benchmarks (RFC 2544), which is never routed. */
export const prefix = '198.18.88.0/24';

/** The host's address on the bridge, where the mirror listens. */
export const hostAddress = '198.18.88.1';

/** The bridges of the management network and of the second interfaces. */
export const bridges = ['splab0', 'splab1'] as const;

/** Lowest priority: traffic without a bridge is dropped instead of leaving through another route. */
const blackhole = ['blackhole', prefix, 'metric', '4278198272'];

export function nodeAddress(number: number): string {
  return `198.18.88.${170 + number}`;
}

/** Names of a node's two interfaces on the host. */
export function hostInterfaces(number: number): readonly [string, string] {
  return [`splab-n${number}e0`, `splab-n${number}e1`];
}

/** Why the network cannot be created, or undefined. */
export function networkTaken(): string | undefined {
  for (const bridge of bridges) {
    if (existsSync(`/sys/class/net/${bridge}`))
      return `there is a network interface ${bridge} that the lab did not make`;
  }
  const routes = JSON.parse(mustSync(['ip', '-json', 'route', 'show', 'table', 'all'])) as { dst?: string }[];
  const clash = routes.find((route) => route.dst !== undefined && overlaps(route.dst, prefix));
  return clash && `${prefix} is already routed on this machine (${clash.dst})`;
}

/** Creates the bridges and the route; the caller has recorded this in the state file before. */
export function makeNetwork(): void {
  mustSync(['ip', 'route', 'add', ...blackhole]);
  for (const bridge of bridges)
    mustSync(['ip', 'link', 'add', bridge, 'type', 'bridge', 'forward_delay', '0']);
  mustSync(['ip', 'address', 'add', `${hostAddress}/24`, 'dev', bridges[0]]);
  for (const bridge of bridges) {
    // The host forwards no traffic of the nodes.
    mustSync(['sh', '-c', `echo 0 > /proc/sys/net/ipv4/conf/${bridge}/forwarding`]);
    mustSync(['ip', 'link', 'set', bridge, 'up']);
  }
}

/** Removes what `makeNetwork` created, if it exists; returns what could not be removed. */
export function removeNetwork(): readonly string[] {
  const left: string[] = [];
  for (const bridge of bridges) {
    if (!existsSync(`/sys/class/net/${bridge}`)) continue;
    const done = runSync(['ip', 'link', 'delete', bridge, 'type', 'bridge']);
    if (done.code !== 0) left.push(`bridge ${bridge}: ${done.stderr.trim()}`);
  }
  if (hasBlackhole()) {
    const done = runSync(['ip', 'route', 'delete', ...blackhole]);
    if (done.code !== 0) left.push(`blackhole route: ${done.stderr.trim()}`);
  }
  return left;
}

function hasBlackhole(): boolean {
  const routes = JSON.parse(mustSync(['ip', '-json', 'route', 'show', 'type', 'blackhole'])) as {
    dst?: string;
  }[];
  return routes.some((route) => route.dst === prefix);
}

/** Whether two IPv4 prefixes overlap; `default` is not a prefix. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [range(one), range(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}

function range(text: string): { first: number; last: number } | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text);
  if (!found) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = found.slice(1, 5).map(Number);
  const size = 2 ** (32 - Number(found[5] ?? 32));
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

/** Throws if the network cannot be created. */
export function checkNetwork(): void {
  const reason = networkTaken();
  if (reason) throw new LabError(reason);
}

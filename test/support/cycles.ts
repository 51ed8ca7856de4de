/** One edge of a graph: `from` needs `to`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** The folder of a path with forward slashes. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/**
 * The cycles of a graph, one for each group of mutually reachable nodes, as the shortest cycle through the group's first node
 * (`['a', 'b', 'a']`). An edge from a node to itself is not a cycle.
 */
export function cyclesOf(edges: readonly Edge[]): readonly (readonly string[])[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const inCycle = new Set<string>();
  const cycles: string[][] = [];
  for (const start of [...next.keys()].sort()) {
    if (inCycle.has(start)) continue;
    const cycle = shortestCycle(start, next);
    if (!cycle) continue;
    cycles.push(cycle);
    const ahead = reachable(start, next);
    for (const node of ahead) if (reachable(node, next).has(start)) inCycle.add(node);
  }
  return cycles;
}

type Next = ReadonlyMap<string, ReadonlySet<string>>;

/** The shortest path from a node back to itself, found breadth first. */
function shortestCycle(start: string, next: Next): string[] | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const node of next.get(way.at(-1) ?? '') ?? []) {
      if (node === start) return [...way, start];
      if (seen.has(node)) continue;
      seen.add(node);
      ways.push([...way, node]);
    }
  }
  return undefined;
}

/** The direct successors of a node. */
function reachable(start: string, next: Next): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [start];
  for (const node of open) {
    for (const target of next.get(node) ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return found;
}

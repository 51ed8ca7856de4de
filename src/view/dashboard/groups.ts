import type { Outline } from '../../cluster/outline.ts';

/** Nodes shown in one row until it is opened. */
export interface NodeGroup {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly string[];
}

/** Up to this many nodes are shown one by one. */
const maxSeparate = 8;

/** The last number of a name with the text before and after it; undefined without one. */
function numbered(
  name: string,
): { readonly before: string; readonly digits: string; readonly after: string } | undefined {
  let end = name.length;
  while (end > 0 && !isDigit(name, end - 1)) end -= 1;
  let start = end;
  while (start > 0 && isDigit(name, start - 1)) start -= 1;
  if (start === end) return undefined;
  return { before: name.slice(0, start), digits: name.slice(start, end), after: name.slice(end) };
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** `compute[001:200]`, or `compute*` if numbers are missing. */
function labelOf(names: readonly string[]): string {
  const parts = names.map(numbered);
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return `${names[0] ?? ''}…`;
  const { before, after } = first;
  const isAlike = parts.every((part) => part?.before === before && part.after === after);
  if (!isAlike) return `${names[0] ?? ''} … ${names.at(-1) ?? ''}`;
  const isWhole = parts.every((part, index) => Number(part?.digits) === Number(first.digits) + index);
  return isWhole ? `${before}[${first.digits}:${last.digits}]${after}` : `${before}*${after}`;
}

function grouped(names: readonly string[], keyOf: (name: string) => string): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = keyOf(name);
    const group = groups.get(key);
    if (group) group.push(name);
    else groups.set(key, [name]);
  }
  return groups;
}

/**
 * The nodes in the order of the file: large ranges as one group, and in a large cluster also nodes whose names differ only
 * in their last number.
 */
export function groupNodes({ nodes }: Outline): readonly (string | NodeGroup)[] {
  const spans = new Map(nodes.map(({ id, span }) => [id, span.start]));
  const names = nodes.map(({ id }) => id);
  const ranges = grouped(names, (name) => `range ${spans.get(name)}`);
  const others = [...ranges.values()].filter((group) => group.length <= maxSeparate).flat();
  const stems = grouped(others, (name) => {
    const part = numbered(name);
    return JSON.stringify(part ? [part.before, part.after] : [name]);
  });
  const groupOf = new Map<string, NodeGroup>();
  for (const group of [...ranges.values(), ...stems.values()]) {
    if (group.length <= maxSeparate) continue;
    const [first = ''] = group;
    const entry = { id: JSON.stringify(['group', first]), label: labelOf(group), nodes: group };
    for (const name of group) groupOf.set(name, entry);
  }
  return [...new Set(names.map((name) => groupOf.get(name) ?? name))];
}

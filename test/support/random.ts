/** A source of random numbers that is the same for the same seed (mulberry32). */
export interface Random {
  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

export function random(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (from) => from[below(from.length)] ?? from[0] };
}

/** Typical input, and input that breaks YAML. */
const pieces: readonly [string, ...string[]] = [
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  '\n- ',
  '\n  - ',
  ':',
  ': ',
  ', ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  ' # x',
  '|',
  '>',
  '&a ',
  '*a',
  '<<: *a',
  '<<',
  '---\n',
  '...\n',
  '%',
  '\t',
  '\r\n',
  '\r',
  '\0',
  '!',
  '!!map ',
  '? ',
  '-',
  'x',
  '1',
  'cluster',
  'nodes:',
  'compute9',
  'address: 10.0.0.9',
  '[1:3]',
  'roles: [x]',
  '{ secret: x }',
  'on: ',
  'é한🙂',
  'steps:\n  - name: y\n    run: |\n      true\n',
  '\n\n',
];

/** A text with one random edit: inserted, deleted, duplicated or moved text. */
export function mutated(text: string, { below, pick }: Random): string {
  const at = below(text.length + 1);
  const until = Math.min(text.length, at + below(below(4) === 0 ? 200 : 8));
  switch (below(5)) {
    case 0:
      return text.slice(0, at) + text.slice(until);
    case 1:
      return text.slice(0, at) + text.slice(at, until) + text.slice(at);
    case 2: {
      const to = below(text.length + 1);
      const rest = text.slice(0, at) + text.slice(until);
      return rest.slice(0, to) + text.slice(at, until) + rest.slice(to);
    }
    default:
      return text.slice(0, at) + pick(pieces) + text.slice(at);
  }
}

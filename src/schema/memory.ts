import { movePart, type Part, parsePart } from './part.ts';

/**
 * The parsed parts of a text, from which the next version of it is parsed only where it differs.
 * Nodes move with their text: what was read from one version is not to be used after the next one is parsed.
 */
export interface ParseMemory {
  /** The part with this text that begins there, parsed unless the last version had it too. */
  take(text: string, at: number): Part;
  /** Ends a version: parts that it did not take are forgotten. */
  turn(): void;
}

/** A text of its own: a slice would keep the whole version alive that it was cut from. */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}

export function createParseMemory(): ParseMemory {
  let last = new Map<string, Part[]>();
  let next = new Map<string, Part[]>();
  return {
    take: (text, at) => {
      const known = last.get(text)?.pop();
      if (known) movePart(known, at);
      const part = known ?? parsePart(copied(text), at);
      const same = next.get(part.text);
      if (same) same.push(part);
      else next.set(part.text, [part]);
      return part;
    },
    turn: () => {
      last = next;
      next = new Map();
    },
  };
}

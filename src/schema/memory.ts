import { movePart, type Part, parsePart } from './part.ts';

/**
 * Cache of the parsed parts of a text; of the next version, only parts that differ are parsed.
 * YAML nodes move with their text: do not use a result after the next version is parsed.
 */
export interface ParseMemory {
  /** The part with this text at this offset, parsed unless the last version contained it. */
  take(text: string, at: number): Part;
  /** Ends a version: drops the parts that it did not use. */
  turn(): void;
}

/** Copies a string: a slice would keep the complete source text alive. */
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

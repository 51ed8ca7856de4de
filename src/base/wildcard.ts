/** A test for one character, or `*`. */
type Part = '*' | ((char: string) => boolean);

interface ParsedPart {
  readonly part: Part;
  /** The index after this part of the pattern. */
  readonly next: number;
}

/** A set as in glob(7): `[a-z]`, `[!a]`, `[]a]`; an unclosed bracket is a literal. */
function setAt(pattern: string, at: number): ParsedPart | undefined {
  const isNot = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  const from = at + (isNot ? 2 : 1);
  const end = pattern.indexOf(']', from + 1);
  if (end === -1) return undefined;
  const ranges: (readonly [low: string, high: string])[] = [];
  for (let index = from; index < end; index += 1) {
    const low = pattern.charAt(index);
    const isRange = pattern[index + 1] === '-' && index + 2 < end;
    ranges.push([low, isRange ? pattern.charAt(index + 2) : low]);
    if (isRange) index += 2;
  }
  const has = (char: string): boolean => ranges.some(([low, high]) => low <= char && char <= high);
  return { part: (char) => has(char) !== isNot, next: end + 1 };
}

function partAt(pattern: string, at: number, hasSets: boolean): ParsedPart {
  const char = pattern.charAt(at);
  if (char === '*') return { part: '*', next: at + 1 };
  if (char === '?') return { part: () => true, next: at + 1 };
  const set = hasSets && char === '[' ? setAt(pattern, at) : undefined;
  if (set) return set;
  const isQuoted = hasSets && char === '\\' && at + 1 < pattern.length;
  const plain = isQuoted ? pattern.charAt(at + 1) : char;
  return { part: (other) => other === plain, next: at + (isQuoted ? 2 : 1) };
}

/**
 * Matches a whole text against a pattern with the shell's `*` and `?`; with `hasSets` also `[a-z]` and backslash escapes. Not a
 * regular expression, which could take exponential time on a hostile pattern.
 */
export function wildcard(pattern: string, { hasSets = false } = {}): (text: string) => boolean {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; ) {
    const { part, next } = partAt(pattern, at, hasSets);
    if (part !== '*' || parts.at(-1) !== '*') parts.push(part);
    at = next;
  }
  return (text) => {
    let at = 0;
    let star = -1;
    let resume = 0;
    for (let index = 0; index < text.length; ) {
      const part = parts[at];
      if (part === '*') {
        star = at++;
        resume = index;
      } else if (part?.(text.charAt(index))) {
        at += 1;
        index += 1;
      } else if (star !== -1) {
        at = star + 1;
        index = ++resume;
      } else return false;
    }
    return at === parts.length || (at === parts.length - 1 && parts[at] === '*');
  };
}

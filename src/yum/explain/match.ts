import type { Message } from '../../base/l10n.ts';
import { once } from '../../base/once.ts';
import { inEnglish } from '../messages/in-english.ts';
import { knownFailures } from './catalogue.ts';
import type { Diagnosis, KnownFailure, Remedy } from './known-failure.ts';
import { indexLiterals, type LiteralIndex } from './literals.ts';

/** The texts of a failure: its cause, the remedy, and what Stackprep can do. */
export interface Explanation {
  readonly id: string;
  /** The line that it explains; empty if the log merely ends. */
  readonly line: string;
  readonly cause: Message;
  readonly advice: Message;
  readonly remedies: readonly Remedy[];
}

/** A known failure and the line that matched. */
export interface Hit {
  readonly failure: KnownFailure;
  readonly explanation: Explanation;
}

export function explained(
  id: string,
  line: string,
  { cause, advice, remedies = [] }: Diagnosis,
): Explanation {
  return { id, line, cause, advice, remedies };
}

const sourceOf = ({ pattern }: KnownFailure): string => pattern.source;
/** Only the patterns whose texts a line has are tried. */
const index = once(() => indexLiterals(knownFailures, sourceOf));
const amongScriptlets = once(() =>
  indexLiterals(
    knownFailures.filter((failure) => failure.amongScriptlets),
    sourceOf,
  ),
);

function groupsOf(found: RegExpExecArray | null): readonly string[] {
  return (found ?? []).slice(1).filter((group) => group !== undefined);
}

/** Longer than any message; longer lines would only cost time. */
const maxLineLength = 2000;

/** The message of a line without dnf 5's prefix for lines of a bar. */
function bare(line: string): string {
  const start = line.startsWith('>>> ') ? 4 : 0;
  return line.slice(start, start + maxLineLength);
}

function firstMatch(pattern: RegExp, lines: readonly string[]): RegExpExecArray | null {
  for (const line of lines) {
    const found = pattern.exec(bare(line));
    if (found) return found;
  }
  return null;
}

/** `shown` are the lines as printed, `lines` the same in English. */
function hitIn(failure: KnownFailure, lines: readonly string[], shown = lines): Hit | undefined {
  const { id, pattern, accompanied, diagnose } = failure;
  for (const [index, line] of lines.entries()) {
    const found = pattern.exec(bare(line));
    if (!found) continue;
    const others = (accompanied ?? []).map((pattern) => firstMatch(pattern, lines));
    if (others.includes(null)) return undefined;
    const groups = [found, ...others].flatMap(groupsOf);
    return { failure, explanation: explained(id, shown[index] ?? line, diagnose(...groups)) };
  }
  return undefined;
}

/** All known failures in the lines of an error, the most specific first. */
export function hitsIn(lines: readonly string[]): readonly Hit[] {
  const english = lines.map((line) => inEnglish(line) ?? line);
  return knownFailures.flatMap((failure) => hitIn(failure, english, lines) ?? []);
}

/** All known failures in a single line. */
export function hitsOf(line: string): readonly Hit[] {
  return found(index(), line, line) ?? found(index(), inEnglish(line) ?? '', line) ?? [];
}

/** Like above, for a line that may be scriptlet output: only failures that rpm reports there are trusted. */
export function hitsAmongScriptlets(line: string): readonly Hit[] {
  return found(amongScriptlets(), line, line) ?? [];
}

/** The failures in a line, `shown` as printed; undefined if there are none. */
function found(among: LiteralIndex<KnownFailure>, line: string, shown: string): readonly Hit[] | undefined {
  const hits = among.candidates(bare(line)).flatMap((failure) => hitIn(failure, [line], [shown]) ?? []);
  return hits.length > 0 ? hits : undefined;
}

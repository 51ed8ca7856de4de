import type { Message } from '../../base/l10n.ts';
import { failureGroups, knownFailures } from './catalogue.ts';
import type { Diagnosis, KnownFailure, Remedy } from './known-failure.ts';

/** A failure in words: what is the cause, what to do, and what Stackprep can do about it. */
export interface Explanation {
  readonly id: string;
  /** The line that it explains; empty where the log merely ends. */
  readonly line: string;
  readonly cause: Message;
  readonly advice: Message;
  readonly remedies: readonly Remedy[];
}

/** A known failure and the line that told it. */
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

function union(failures: readonly KnownFailure[]): RegExp {
  return new RegExp(failures.map(({ pattern }) => pattern.source).join('|'));
}

const anyFailure = union(knownFailures);
/** A line is tried against few patterns only: those of the groups that it fits at all. */
const groups = failureGroups.map((failures) => ({ failures, any: union(failures) }));
const amongScriptlets = knownFailures.filter((failure) => failure.amongScriptlets);
const anyAmongScriptlets = union(amongScriptlets);

function groupsOf(found: RegExpExecArray | null): readonly string[] {
  return (found ?? []).slice(1).filter((group) => group !== undefined);
}

/** No message is longer; what is, would only keep the patterns busy. */
const longest = 2000;

/** The message of a line: dnf 5 marks those of a bar. */
function bare(line: string): string {
  const start = line.startsWith('>>> ') ? 4 : 0;
  return line.slice(start, start + longest);
}

function hitIn(failure: KnownFailure, lines: readonly string[]): Hit | undefined {
  const { id, pattern, beside, tell } = failure;
  for (const line of lines) {
    const found = pattern.exec(bare(line));
    if (!found) continue;
    const second = beside ? lines.map((other) => beside.exec(bare(other))).find((other) => other) : undefined;
    if (beside && !second) return undefined;
    const groups = [...groupsOf(found), ...groupsOf(second ?? null)];
    return { failure, explanation: explained(id, line, tell(...groups)) };
  }
  return undefined;
}

/** Every known failure that the lines of one error tell, the most telling one first. */
export function hitsIn(lines: readonly string[]): readonly Hit[] {
  return knownFailures.flatMap((failure) => hitIn(failure, lines) ?? []);
}

/** Every known failure that a line tells by itself. */
export function hitsOf(line: string): readonly Hit[] {
  const text = bare(line);
  if (!anyFailure.test(text)) return [];
  return groups.flatMap(({ failures, any }) =>
    any.test(text) ? failures.flatMap((failure) => hitIn(failure, [line]) ?? []) : [],
  );
}

/** The same of a line that a scriptlet may have written: only what rpm says among them is believed. */
export function hitsAmongScriptlets(line: string): readonly Hit[] {
  if (!anyAmongScriptlets.test(bare(line))) return [];
  return amongScriptlets.flatMap((failure) => hitIn(failure, [line]) ?? []);
}

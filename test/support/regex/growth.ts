import { type Attack, attacks, attackText } from './attacks.ts';
import { alternativesOf } from './parse.ts';
import { stepper } from './steps.ts';

/** The cost of an expression for its worst text, in steps of a backtracking matcher, for one length and for twice that length. */
export interface Growth {
  readonly source: string;
  readonly attack: Attack;
  readonly few: number;
  readonly many: number;
}

/** More steps than any linear search takes for texts of these lengths. */
const limit = 200_000;

function lengthFor({ head, unit }: Attack): number {
  return Math.max(120, 24 * unit.length, 4 * head.length);
}

/** Whether the search gave up within a few steps at every place; quadratic growth takes sixty per place for a text of this length. */
function isCheap(few: number, length: number): boolean {
  return few <= 4 * length;
}

/** Known results: unions of expressions repeat their parts. */
const known = new Map<string, readonly Growth[]>();

function growths(expression: RegExp): readonly Growth[] {
  const before = known.get(String(expression));
  if (before) return before;
  const { count } = stepper(expression);
  const all = attacks(expression).map((attack) => {
    const length = lengthFor(attack);
    const few = count(attackText(attack, length), limit);
    const many =
      few < limit
        ? isCheap(few, length)
          ? 2 * few
          : count(attackText(attack, 2 * length), limit)
        : Number.POSITIVE_INFINITY;
    return { source: expression.source, attack, few, many };
  });
  known.set(String(expression), all);
  return all;
}

/** Whether twice the text costs much more than twice as much: quadratic growth costs four times as much. */
export function isTooSteep({ few, many }: Growth): boolean {
  return many >= limit || many > 2.6 * few;
}

/** The steepest growth of an expression, and its most expensive texts. */
export function worstOf(expression: RegExp): {
  readonly steepest: Growth;
  readonly dearest: readonly Attack[];
} {
  const all = alternativesOf(expression).flatMap(growths);
  const [steepest] = all.toSorted((a, b) => b.many / b.few - a.many / a.few);
  if (!steepest) throw new Error(`no text for ${expression}`);
  const dear = all.toSorted((a, b) => b.many / lengthFor(b.attack) - a.many / lengthFor(a.attack));
  return { steepest, dearest: dear.slice(0, 3).map(({ attack }) => attack) };
}

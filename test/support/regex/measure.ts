import { text } from 'node:stream/consumers';
import { type Attack, attackText } from './attacks.ts';

/** An expression and the texts to search. */
export interface Measured {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
  readonly attacks: readonly Attack[];
}

/** Texts for every expression, in addition to its own worst ones. */
const plain: readonly Attack[] = [' ', '\t', '0', 'a;', '\r\n'].map((unit) => ({
  head: '',
  unit,
  tail: '\u0001',
}));
const [small, large] = [12_500, 100_000];

/** The processor time of one search, in milliseconds; elapsed time would include other programs. */
function cost(expression: RegExp, subject: string): number {
  const begun = process.cpuUsage();
  if (expression.global) subject.replace(expression, '');
  else expression.test(subject);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** Eight times the text may cost twenty times as much, but not sixty-four times as with quadratic growth; retried, because of garbage collections. */
function isTooSteep(expression: RegExp, attack: Attack): boolean {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const few = Math.max(1, cost(expression, attackText(attack, small)));
    if (cost(expression, attackText(attack, large)) <= 20 * few) return false;
  }
  return true;
}

/** Reads a list of expressions from standard input and prints those whose time grows faster than their text, one per line. */
async function main(): Promise<void> {
  const list: readonly Measured[] = JSON.parse(await text(process.stdin));
  for (const { place, source, flags, attacks } of list)
    for (const attack of [...plain, ...attacks])
      if (isTooSteep(new RegExp(source, flags), attack))
        process.stdout.write(`${place} ${source} ${JSON.stringify(attack).slice(0, 200)}\n`);
  process.stdout.write('end\n');
}

void main();

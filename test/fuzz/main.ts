import { random } from '../support/random.ts';
import { boundaries } from './boundaries.ts';
import { corpusOf, keepInput } from './corpus.ts';
import { type Fault, fuzz } from './fuzz.ts';

/**
 * `npm run fuzz -- [--minutes 10] [--seed 1] [BOUNDARY…]`: mutates the inputs of each boundary for so long. Inputs with a new kind of
 * result, and those that break a reader, are kept in test/cases/fuzz, where the tests read them from then on.
 */
function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const minutes = option('minutes', 10);
const wanted = process.argv
  .slice(2)
  .filter((word, at, all) => !word.startsWith('--') && !all[at - 1]?.startsWith('--'));
const faults: Fault[] = [];
for (const boundary of boundaries.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const until = Date.now() + minutes * 60_000;
  let [count, fresh] = [0, 0];
  const found = fuzz(
    boundary,
    [...boundary.seeds, ...corpusOf(boundary.name)],
    random(option('seed', Date.now() >>> 0)),
    {
      goesOn: () => {
        count += 1;
        return Date.now() < until;
      },
      onNew: (input) => {
        fresh += 1;
        keepInput(boundary.name, input);
      },
    },
  );
  faults.push(...found);
  process.stdout.write(`${boundary.name}: ${count} inputs, ${fresh} new kinds, ${found.length} faults\n`);
  for (const { input, cause } of found)
    process.stdout.write(`  ${keepInput(boundary.name, input)}\n  ${cause}\n`);
}
process.exitCode = faults.length > 0 ? 1 : 0;

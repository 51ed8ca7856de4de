// `npm run mutate [-- --nearest] [MODULE…]`: changes a fixed sample of each module's code, one mutant at a time, and lists those
// that no test detects. TypeScript is changed by Stryker's mutators, shell by those of shell.mts. Takes hours; not part of
// `npm test`. With `--nearest` only the nearest tests and those of the module run, to find candidates.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { distances } from './imports.mts';
import { type NamedMutant, named } from './mutant.mts';
import { createSandbox, type Sandbox, type Verdict } from './sandbox.mts';
import { shellMutants } from './shell.mts';
import { typescriptMutants } from './typescript.mts';

const root = join(import.meta.dirname, '../..');
const modules = ['jobs', 'remote', 'rules', 'steps'] as const;
const sampleSize = 150;
/** The share of a sample that may survive, each mutant with its reason in reasons.tsv. */
const mostSurvivors = 0.15;
/** How many of the nearest test files are run before all others. */
const nearest = 6;

function filesBelow(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => pattern.test(name))
    .sort();
}

/** The same mutants every time, wherever they have moved: those whose names have the lowest hashes. */
async function sampleOf(module: string): Promise<readonly NamedMutant[]> {
  const all: NamedMutant[] = [];
  for (const file of filesBelow(`src/${module}`, /(?<!\.sh)\.ts$|\.sh$/)) {
    const text = readFileSync(join(root, file), 'utf8');
    const found = file.endsWith('.sh') ? shellMutants(file, text) : await typescriptMutants(file, text);
    all.push(...named(found, text));
  }
  const rank = (mutant: NamedMutant): string => createHash('sha256').update(mutant.name).digest('hex');
  const ranked = all.map((mutant) => ({ mutant, key: rank(mutant) }));
  ranked.sort((left, right) => (left.key < right.key ? -1 : 1));
  console.log(`${module}: ${Math.min(sampleSize, all.length)} of ${all.length} mutants`);
  return ranked.slice(0, sampleSize).map(({ mutant }) => mutant);
}

const allTests = filesBelow('test', /\.test\.ts$/).filter((name) => !/^test\/(?:vscode|lab)\//.test(name));
const known = new Map<string, readonly string[]>();

/** The tests that can detect a mutant: the nearest first, then all that reach its file, then those that read the source as text. */
function stagesFor({ file }: NamedMutant, nearestOnly: boolean): readonly (readonly string[])[] {
  const source = join(root, file.endsWith('.sh') ? `${file}.ts` : file);
  const reached = [
    ...distances(
      allTests.map((test) => join(root, test)),
      source,
      known,
    ),
  ]
    .sort(([, left], [, right]) => left - right)
    .map(([test]) => test.slice(root.length + 1));
  const isSlow = (test: string): boolean => test.endsWith('.real.test.ts') && !file.endsWith('.sh');
  const ordered = [...reached.filter((test) => !isSlow(test)), ...reached.filter(isSlow)];
  const ownFolder = file.replace(/^src\/([^/]+)\/.*$/, 'test/$1/');
  if (nearestOnly) {
    const own = ordered.slice(nearest).filter((test) => test.startsWith(ownFolder) && !isSlow(test));
    return [ordered.slice(0, nearest), own];
  }
  const readers = allTests.filter((test) => /^test\/[^/]+\.test\.ts$/.test(test) && !ordered.includes(test));
  return [ordered.slice(0, nearest), ordered.slice(nearest), readers];
}

function reasons(): ReadonlyMap<string, string> {
  const lines = readFileSync(new URL('reasons.tsv', import.meta.url), 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const cells = line.split('\t');
        return [cells.slice(0, 5).join('\t'), cells[5] ?? ''];
      }),
  );
}

async function judgeAll(
  sample: readonly NamedMutant[],
  sandboxes: readonly Sandbox[],
  nearestOnly: boolean,
): Promise<readonly NamedMutant[]> {
  const waiting = [...sample];
  const survivors: NamedMutant[] = [];
  const counts: Record<Verdict, number> = { killed: 0, survived: 0, timeout: 0, invalid: 0 };
  const worker = async (sandbox: Sandbox): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const verdict = await sandbox.judge(mutant, stagesFor(mutant, nearestOnly));
      counts[verdict] += 1;
      if (verdict === 'survived') survivors.push(mutant);
      console.log(`${verdict}\t${mutant.name}`);
    }
  };
  await Promise.all(sandboxes.map(worker));
  const share = counts.survived / Math.max(1, sample.length - counts.invalid);
  console.log(`${JSON.stringify(counts)}: ${Math.round(share * 100)} % survive`);
  if (share > mostSurvivors) process.exitCode = 1;
  return survivors;
}

async function main(args: readonly string[]): Promise<void> {
  const nearestOnly = args.includes('--nearest');
  const chosen = args.filter((arg) => arg !== '--nearest');
  const strange = chosen.find((name) => !modules.some((module) => module === name));
  if (strange !== undefined) throw new Error(`no such module: ${strange}; there are ${modules.join(', ')}`);
  const explained = reasons();
  const sandboxes = Array.from({ length: Math.min(2, availableParallelism()) }, () => createSandbox(root));
  try {
    for (const module of chosen.length > 0 ? chosen : modules) {
      const survivors = await judgeAll(await sampleOf(module), sandboxes, nearestOnly);
      for (const mutant of survivors) {
        const reason = explained.get(mutant.name);
        if (reason === undefined) process.exitCode = 1;
        console.log(`${mutant.name}\t${reason ?? 'NO REASON'}`);
      }
    }
  } finally {
    for (const sandbox of sandboxes) sandbox.remove();
  }
}

await main(process.argv.slice(2));

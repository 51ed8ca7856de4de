// `npm run mutate [-- --near] [MODULE…]`: changes a fixed sample of each module's code, one mutant at a time, and lists those that no test
// detects. TypeScript is changed by Stryker's mutators, all at once, each with a switch, and only the tests that reach a mutant
// run; shell is changed by those of shell.mts, and the nearest tests run. Takes hours; not part of `npm test`. With `--near` only
// the tests in the folders of the modules run, to find candidates.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { moduleOf } from '../shell-files.ts';
import type { NamedMutant } from './mutant.mts';
import { nearestTests, type Reach, reachOf } from './reach.mts';
import { filesBelow, samplesOf } from './sample.mts';
import { createSandbox, type Sandbox, type Verdict } from './sandbox.mts';
import { type SwitchedMutant, switchVariable } from './typescript.mts';

const root = join(import.meta.dirname, '../..');
const modules = ['jobs', 'remote', 'rules', 'steps'] as const;
/** The share of a sample that may survive, each mutant with its reason in reasons.tsv. */
const mostSurvivors = 0.15;
/** How many of the nearest test files can detect a mutant of shell, with those of its module. */
const nearest = 6;
/** How many of the nearest test files with real shells and servers can detect a mutant of TypeScript, after all others. */
const nearestReal = 3;

/** All but those that run the bundles, which are built from the unchanged source, and those that need an editor or a lab. */
const allTests = filesBelow(root, 'test', /\.test\.ts$/).filter(
  (name) =>
    !/^test\/(?:vscode|lab|fuzz)\//.test(name) &&
    !/^test\/(?:bundles|(?:cli|demo|packages|windows)\/.*)\.real\.test\.ts$/.test(name),
);

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

const verdicts = { ok: 'survived', failed: 'killed', timeout: 'timeout' } as const;

const isReal = (test: string): boolean => test.endsWith('.real.test.ts');

/** The tests that reach it, then the nearest of those with real shells and servers. */
async function judgeSwitched(
  sandbox: Sandbox,
  mutant: SwitchedMutant,
  reach: Reach,
  tests: readonly string[],
): Promise<Verdict> {
  const run = reach.runFor(mutant.file, mutant.id, sandbox);
  const end = await sandbox.mocha({ ...run, env: { ...run.env, [switchVariable]: mutant.id } });
  const real = nearestTests(root, tests.filter(isReal), mutant.file).slice(0, nearestReal);
  if (end !== 'ok' || real.length === 0) return verdicts[end];
  return verdicts[await sandbox.mocha({ tests: real, bail: true, env: { [switchVariable]: mutant.id } })];
}

async function judgeShell(
  sandbox: Sandbox,
  { file, start, end, replacement }: NamedMutant,
  tests: readonly string[],
): Promise<Verdict> {
  const text = readFileSync(join(root, file), 'utf8');
  const path = file.replace(/^src\//, '');
  const write = (changed: string): void => {
    sandbox.write(file, changed);
    sandbox.write(`${file}.ts`, moduleOf(path, changed));
  };
  const near = nearestTests(root, tests, `${file}.ts`);
  const ownFolder = file.replace(/^src\/([^/]+)\/.*$/, 'test/$1/');
  const own = near.slice(nearest).filter((test) => test.startsWith(ownFolder));
  write(text.slice(0, start) + replacement + text.slice(end));
  try {
    if (!(await sandbox.isShell(file))) return 'invalid';
    return verdicts[await sandbox.mocha({ tests: [...near.slice(0, nearest), ...own], bail: true })];
  } finally {
    write(text);
  }
}

/** Judges mutants, one in each sandbox at a time, and gives those that survive. */
async function judgeAll<T extends NamedMutant>(
  sandboxes: readonly Sandbox[],
  mutants: readonly T[],
  judge: (sandbox: Sandbox, mutant: T) => Promise<Verdict>,
): Promise<ReadonlyMap<T, Verdict>> {
  const waiting = [...mutants];
  const result = new Map<T, Verdict>();
  const worker = async (sandbox: Sandbox): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const verdict = await judge(sandbox, mutant);
      result.set(mutant, verdict);
      console.log(`${verdict}\t${mutant.name}`);
    }
  };
  await Promise.all(sandboxes.map(worker));
  return result;
}

/** Prints the counts of a module and its survivors with their reasons; too many, or one without a reason, is a failure. */
function report(module: string, judged: ReadonlyMap<NamedMutant, Verdict>): void {
  const counts: Record<Verdict, number> = { killed: 0, survived: 0, timeout: 0, invalid: 0 };
  for (const verdict of judged.values()) counts[verdict] += 1;
  const share = counts.survived / Math.max(1, judged.size - counts.invalid);
  console.log(`${module}: ${JSON.stringify(counts)}: ${Math.round(share * 100)} % survive`);
  if (share > mostSurvivors) process.exitCode = 1;
  const explained = reasons();
  for (const [mutant, verdict] of judged) {
    if (verdict !== 'survived') continue;
    const reason = explained.get(mutant.name);
    if (reason === undefined) process.exitCode = 1;
    console.log(`${mutant.name}\t${reason ?? 'NO REASON'}`);
  }
}

async function main(args: readonly string[]): Promise<void> {
  const isNear = args.includes('--near');
  const chosen = args.filter((arg) => arg !== '--near');
  const strange = chosen.find((name) => !modules.some((module) => module === name));
  if (strange !== undefined) throw new Error(`no such module: ${strange}; there are ${modules.join(', ')}`);
  const samples = await samplesOf(root, chosen.length > 0 ? chosen : modules);
  const own = new RegExp(`^test/(?:${samples.modules.map(({ module }) => module).join('|')})/`);
  const tests = isNear ? allTests.filter((test) => own.test(test)) : allTests;
  const sandboxes = Array.from({ length: Math.min(2, availableParallelism()) }, () => createSandbox(root));
  try {
    const judged = new Map<NamedMutant, Verdict>();
    for (const sandbox of sandboxes)
      for (const [file, text] of samples.instrumentedTexts) sandbox.write(file, text);
    const reach = await reachOf(
      root,
      sandboxes,
      tests.filter((test) => !isReal(test)),
    );
    const switched = samples.modules.flatMap(({ typescript }) => typescript);
    const ofTypescript = await judgeAll(sandboxes, switched, (sandbox, mutant) =>
      judgeSwitched(sandbox, mutant, reach, tests),
    );
    for (const sandbox of sandboxes)
      for (const file of samples.instrumentedTexts.keys())
        sandbox.write(file, readFileSync(join(root, file), 'utf8'));
    const shell = samples.modules.flatMap((sample) => sample.shell);
    const ofShell = await judgeAll(sandboxes, shell, (sandbox, mutant) => judgeShell(sandbox, mutant, tests));
    for (const [mutant, verdict] of [...ofTypescript, ...ofShell]) judged.set(mutant, verdict);
    for (const { module, typescript, shell: scripts } of samples.modules) {
      const own: readonly NamedMutant[] = [...typescript, ...scripts];
      report(module, new Map(own.map((mutant) => [mutant, judged.get(mutant) ?? 'invalid'])));
    }
  } finally {
    for (const sandbox of sandboxes) sandbox.remove();
  }
}

await main(process.argv.slice(2));

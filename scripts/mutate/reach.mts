import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distances } from './imports.mts';
import type { MochaRun, Sandbox } from './sandbox.mts';

/** How many of the nearest test files are run whole for a mutant that no test reaches while it runs, as in a table. */
const nearest = 8;

/** Which tests reach which mutants, as seen in a run of all of them. */
export interface Reach {
  /** The run that can detect a mutant: the tests that reach it, the nearest files first. */
  runFor(file: string, id: string, sandbox: Sandbox): MochaRun;
}

interface Seen {
  readonly reached: Readonly<Record<string, readonly string[]>>;
  readonly failed: readonly string[];
}

/** Test files by the number of imports between them and a source file. */
export function nearestTests(root: string, tests: readonly string[], file: string): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const paths = tests.map((test) => join(root, test));
  return [...distances(paths, join(root, file), known)]
    .sort(([, left], [, right]) => left - right)
    .map(([test]) => test.slice(root.length + 1));
}

async function coverageOf(sandbox: Sandbox, tests: readonly string[]): Promise<Seen> {
  const path = join(sandbox.folder, 'reach.json');
  await sandbox.mocha({ tests, bail: false, env: { STACKPREP_MUTATE_COVERAGE: path } });
  return JSON.parse(readFileSync(path, 'utf8')) as Seen;
}

const fileOf = (test: string): string => test.slice(0, test.indexOf('\t'));

/** Runs test files on instrumented code, a share in each sandbox. Tests that fail without a mutant are left out. */
export async function reachOf(
  root: string,
  sandboxes: readonly Sandbox[],
  tests: readonly string[],
): Promise<Reach> {
  const shares = sandboxes.map((_, at) => tests.filter((_, index) => index % sandboxes.length === at));
  const seen = await Promise.all(sandboxes.map((sandbox, at) => coverageOf(sandbox, shares[at] ?? [])));
  const failed = new Set(seen.flatMap((one) => one.failed));
  for (const test of failed) console.log(`fails without a mutant, left out: ${test.replace('\t', ' ')}`);
  const testsOf = new Map<string, string[]>();
  for (const [test, ids] of seen.flatMap((one) => Object.entries(one.reached))) {
    if (failed.has(test)) continue;
    for (const id of ids) testsOf.set(id, [...(testsOf.get(id) ?? []), test]);
  }
  const unsound = new Set([...failed].map(fileOf));
  return {
    runFor: (file, id, sandbox) => {
      const near = nearestTests(root, tests, file);
      const names = testsOf.get(id);
      if (names === undefined)
        return { tests: near.filter((test) => !unsound.has(test)).slice(0, nearest), bail: true };
      const list = join(sandbox.folder, 'tests.txt');
      writeFileSync(list, names.join('\n'));
      const files = new Set(names.map(fileOf));
      const ordered = near.filter((test) => files.has(test));
      return {
        tests: [...ordered, ...[...files].filter((test) => !ordered.includes(test))],
        bail: true,
        env: { STACKPREP_MUTATE_TESTS: list },
      };
    },
  };
}

// Loaded into mocha by `npm run mutate`: notes which tests reach which mutants, or leaves only the tests of a list.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** What the code that Stryker instruments shares with its runner. */
interface Shared {
  currentTestId?: string | undefined;
  mutationCoverage?: { readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>> };
}

declare global {
  var __stryker__: Shared | undefined;
}

/** The part of mocha's suites and tests that is used here. */
interface Test {
  readonly file?: string | undefined;
  readonly state?: string | undefined;
  fullTitle(): string;
}
interface Suite {
  tests: Test[];
  readonly suites: Suite[];
}
interface Hook {
  readonly currentTest?: Test;
  readonly test?: { readonly parent?: Suite };
}

/** A line of the lists: the test file, a tab, the test's title. */
const nameOf = (test: Test): string => `${relative(process.cwd(), test.file ?? '')}\t${test.fullTitle()}`;
const coveragePath = process.env.STACKPREP_MUTATE_COVERAGE;
const listPath = process.env.STACKPREP_MUTATE_TESTS;
const failed: string[] = [];

function leaveOnly(suite: Suite, names: ReadonlySet<string>): void {
  suite.tests = suite.tests.filter((test) => names.has(nameOf(test)));
  for (const child of suite.suites) leaveOnly(child, names);
}

const shared = (): Shared => {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
};

export const mochaHooks = {
  beforeAll(this: Hook): void {
    const root = this.test?.parent;
    if (listPath !== undefined && root !== undefined)
      leaveOnly(root, new Set(readFileSync(listPath, 'utf8').split('\n')));
  },
  beforeEach(this: Hook): void {
    if (coveragePath !== undefined && this.currentTest) shared().currentTestId = nameOf(this.currentTest);
  },
  afterEach(this: Hook): void {
    if (coveragePath === undefined || !this.currentTest) return;
    if (this.currentTest.state === 'failed') failed.push(nameOf(this.currentTest));
    shared().currentTestId = undefined;
  },
  afterAll(): void {
    if (coveragePath === undefined) return;
    const perTest = shared().mutationCoverage?.perTest ?? {};
    const reached = Object.fromEntries(
      Object.entries(perTest).map(([test, ids]) => [test, Object.keys(ids)]),
    );
    writeFileSync(coveragePath, JSON.stringify({ reached, failed }));
  },
};

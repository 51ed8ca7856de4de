import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The result of the suite in the extension host, written at the end as JSON to the file `$STACKPREP_TEST_RESULT`. */
export interface SuiteResult {
  readonly passes: number;
  readonly pending: number;
  readonly failures: number;
  readonly durationMs: number;
  /** Why the suite could not run, for example a test file that does not load. */
  readonly broken?: string;
}

/** The environment variables between a launcher and the suite: two files to write, and a title to match. */
export const RESULT_FILE = 'STACKPREP_TEST_RESULT';
export const CONSOLE_FILE = 'STACKPREP_TEST_CONSOLE';
export const GREP = 'STACKPREP_TEST_GREP';

/** One run of the suite: a workspace with two empty folders, and the environment of its extension host. */
export interface SuiteRun {
  readonly workspace: string;
  readonly resultFile: string;
  readonly consoleFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Prepares a run in an empty folder; the extension host gets a separate home, without the user's SSH files. */
export async function prepareRun(folder: string, grep: string): Promise<SuiteRun> {
  const workspace = join(folder, 'suite.code-workspace');
  const home = join(folder, 'home');
  const resultFile = join(folder, 'result.json');
  const consoleFile = join(folder, 'console.log');
  const folders = ['one', 'two'].map((path) => ({ path }));
  for (const { path } of folders) await mkdir(join(folder, path));
  await writeFile(workspace, JSON.stringify({ folders }));
  await mkdir(home);
  await writeFile(consoleFile, '');
  const files = { [RESULT_FILE]: resultFile, [CONSOLE_FILE]: consoleFile, [GREP]: grep };
  return { workspace, resultFile, consoleFile, env: { HOME: home, USERPROFILE: home, ...files } };
}

/** The result, or undefined while the suite has not written it. */
export async function readResult(file: string): Promise<SuiteResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SuiteResult;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Prints what was appended to a file since the last call; the file must exist. */
export function follow(file: string): () => Promise<void> {
  let position = 0;
  return async () => {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const { bytesRead, buffer } = await handle.read(
        Buffer.alloc(size - position),
        0,
        size - position,
        position,
      );
      position += bytesRead;
      process.stdout.write(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  };
}

/** Prints the verdict below mocha's report; true when at least one test passed and none failed. */
export function report({ passes, failures, durationMs, broken }: SuiteResult): boolean {
  if (broken !== undefined) console.error(`The suite did not load: ${broken}`);
  console.log(`In the extension host: ${passes} passed, ${failures} failed, ${durationMs} ms.`);
  return passes > 0 && failures === 0 && broken === undefined;
}

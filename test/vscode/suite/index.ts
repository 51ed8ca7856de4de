import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Mocha from 'mocha';
import { CONSOLE_FILE, GREP, RESULT_FILE, type SuiteResult } from '../result.ts';
import { copyConsole } from './console.ts';

/** Called by VS Code inside the extension host; runs every `*.suite.js` in this folder. */
export async function run(): Promise<void> {
  const consoleFile = process.env[CONSOLE_FILE];
  if (consoleFile !== undefined) copyConsole(consoleFile);
  const result = await runMocha().catch((cause: unknown) => failedResult(cause));
  const file = process.env[RESULT_FILE];
  if (file !== undefined) {
    // Renamed only when complete: the launcher polls for it.
    await writeFile(`${file}.part`, JSON.stringify(result));
    await rename(`${file}.part`, file);
  }
  if (result.broken !== undefined || result.failures > 0) throw new Error('tests failed');
}

async function runMocha(): Promise<SuiteResult> {
  const { default: MochaClass } = await import('mocha');
  const grep = process.env[GREP];
  const mocha = new MochaClass({ ui: 'bdd', timeout: 120_000, color: false, ...(grep ? { grep } : {}) });
  for (const name of (await readdir(__dirname)).sort()) {
    if (name.endsWith('.suite.js')) mocha.addFile(join(__dirname, name));
  }
  await mocha.loadFilesAsync();
  const started = Date.now();
  return new Promise((resolve) => {
    const runner: Mocha.Runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passes, pending, failures, durationMs: Date.now() - started });
    });
  });
}

function failedResult(cause: unknown): SuiteResult {
  const broken = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return { passes: 0, pending: 0, failures: 0, durationMs: 0, broken };
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { clearAway } from '../support/clear-away.ts';

/** The project's folder: the extension under development. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Bundles the suite for the extension host and returns the module whose `run()` VS Code calls. */
export async function buildSuite(): Promise<string> {
  const source = join(PROJECT, 'test/vscode/suite');
  const outdir = join(PROJECT, 'out/test/suite');
  const suites = (await readdir(source)).filter((name) => name.endsWith('.suite.ts'));
  await clearAway(outdir);
  await build({
    entryPoints: ['index.ts', ...suites].map((name) => join(source, name)),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { PROJECT } from './build.ts';
import { CANNOT, provideVsCode } from './needs.ts';

/** Runs the tests of the user interface; the arguments are passed to mocha. Returns the exit code. */
async function runUi(args: readonly string[]): Promise<number> {
  const provided = await provideVsCode();
  if (!provided.ok) {
    console.error(provided.reason);
    return CANNOT;
  }
  const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
  const child = spawn(process.execPath, [mocha, '--config', 'test/vscode/.mocharc.json', ...args], {
    cwd: PROJECT,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

void runUi(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

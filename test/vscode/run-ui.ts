import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { PROJECT } from './build.ts';
import { CANNOT, provideVsCode } from './needs.ts';

/** Runs the tests of the user interface, with `--long` first those of `npm run test:long`; the other arguments are passed to mocha. Returns the exit code. */
async function runUi(args: readonly string[]): Promise<number> {
  const provided = await provideVsCode();
  if (!provided.ok) {
    console.error(provided.reason);
    return CANNOT;
  }
  const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
  const isLong = args[0] === '--long';
  const config = isLong ? 'test/vscode/.mocharc.long.json' : 'test/vscode/.mocharc.json';
  const rest = isLong ? args.slice(1) : args;
  const child = spawn(process.execPath, [mocha, '--config', config, ...rest], {
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

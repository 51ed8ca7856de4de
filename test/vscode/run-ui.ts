import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { PROJECT } from './build.ts';
import { CANNOT, provideVsCode } from './needs.ts';

const configs: Readonly<Record<string, string>> = {
  '--long': 'test/vscode/.mocharc.long.json',
  '--pictures': 'test/vscode/.mocharc.pictures.json',
};

/**
 * Runs the tests of the user interface, with `--long` first those of `npm run test:long`, with `--pictures` first what takes the
 * pictures of the documentation; the other arguments are passed to mocha. Returns the exit code.
 */
async function runUi(args: readonly string[]): Promise<number> {
  const provided = await provideVsCode();
  if (!provided.ok) {
    console.error(provided.reason);
    return CANNOT;
  }
  const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
  const other = configs[args[0] ?? ''];
  const config = other ?? 'test/vscode/.mocharc.json';
  const rest = other === undefined ? args : args.slice(1);
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

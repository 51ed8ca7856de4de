import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { whyNot } from './provision.ts';

/** Says that this machine cannot run the suite; the last line is the reason. */
const cannot = 75;

const reason = whyNot();
if (reason !== undefined) {
  process.stdout.write(`${reason}\n`);
  process.exitCode = cannot;
} else {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const config = ['--config', here('.mocharc.json')];
  const child = spawn(here('../../node_modules/.bin/mocha'), [...config, ...process.argv.slice(2)], {
    cwd: here('../..'),
    stdio: 'inherit',
  });
  // The runner gets the same signal and takes its lab down; this one waits for it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}

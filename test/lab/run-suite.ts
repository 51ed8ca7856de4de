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
  const chosen = process.argv.slice(2);
  const files = chosen.length > 0 ? chosen : ['test/lab/**/*.lab.ts'];
  const child = spawn(here('../../node_modules/.bin/mocha'), [...config, ...files], {
    cwd: here('../..'),
    stdio: 'inherit',
    detached: true,
  });
  const { pid } = child;
  // The runner is two processes, and only the inner one has a lab to take down: the signal goes to both.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (pid !== undefined) process.kill(-pid, signal);
    });
  }
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}

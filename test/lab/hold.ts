import { upLab } from './lab.ts';

// A lab of one node that goes with this process; says "up" and waits to be ended.
upLab({ nodes: 1 }).then(
  () => {
    process.stdout.write('up\n');
    setInterval(() => undefined, 60_000);
  },
  (cause: unknown) => {
    process.stderr.write(`${String(cause)}\n`);
    process.exitCode = 1;
  },
);

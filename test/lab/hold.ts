import { upLab } from './lab.ts';

// A lab of one node that is taken down with this process; prints "up" and waits for a signal.
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

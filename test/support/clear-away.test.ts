import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAway, clearAwaySync } from './clear-away.ts';

/** Starts a process that writes 5,000 files into a folder, or as many as it can until the folder is gone; returns how to wait for its end. */
async function writerIn(folder: string): Promise<() => Promise<unknown>> {
  const script =
    'mkdir "$1/job"; echo ready; n=0; while [ $n -lt 5000 ] && : >"$1/job/$n"; do n=$((n + 1)); done';
  const child = spawn('sh', ['-c', script, 'sh', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  return () => ended;
}

describe('Removing the folder of a test', () => {
  const remove = {
    asynchronously: clearAway,
    synchronously: async (folder: string) => clearAwaySync(folder),
  };
  for (const [how, away] of Object.entries(remove))
    it(`succeeds ${how} while a process still writes into it`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'stackprep-clear-'));
      const ended = await writerIn(folder);
      await away(folder);
      await ended();
      assert.equal(existsSync(folder), false);
    });
});

import assert from 'node:assert/strict';
import { mkdtemp, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClusterText, writeClusterText } from '../../../src/app/logs/cluster-text.ts';
import { clusterTextPath } from '../../../src/app/logs/paths.ts';
import { clearAway } from '../../support/clear-away.ts';

describe('The cluster file of a stored run', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-text-'));
  });
  afterEach(() => clearAway(folder));

  it('is stored without its secrets', async () => {
    await writeClusterText(folder, 'cluster: lab\nsteps:\n  - run: mysql --password=hunter2 -e x\n');
    const text = await readClusterText(folder);
    assert.match(text ?? '', /^cluster: lab\n/);
    assert.ok(!text?.includes('hunter2'));
  });

  it('is undefined for a run without one, and for a huge file', async () => {
    assert.equal(await readClusterText(folder), undefined);
    await writeClusterText(folder, 'cluster: lab\n');
    await truncate(clusterTextPath(folder), 5_000_000_000);
    assert.equal(await readClusterText(folder), undefined);
  });

  it('is not a reason to fail if it cannot be written', async () => {
    await writeClusterText(join(folder, 'missing'), 'cluster: lab\n');
  });
});

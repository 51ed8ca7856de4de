import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createJobFiles } from '../../src/app/jobs/job-files.ts';
import { journal } from '../../src/app/logs/journal.ts';
import { logFile } from '../../src/app/logs/paths.ts';
import { storedLogs, storedRuns } from '../../src/app/logs/stored-runs.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { operate } from '../../src/app/operate.ts';
import { readUnfinishedRun } from '../../src/app/unfinished-run.ts';
import { type Folder, temporaryFolder } from '../cli/folder.ts';
import { clusterOf } from '../support/clusters.ts';
import { collect, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const nodes = ['owner', 'journal.jsonl', 'result.json', 'cluster.yaml', 'aux', 'con.example', 'OWNER'];
const steps = ['nul', 'owner', 'constructor'];

describe('Nodes and steps that are called like files of a run or like devices', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  it('run, are logged, listed and read again like any other', async () => {
    const text = `cluster: lab\nnodes:\n${nodes.map((name, at) => `  ${name}: { address: 10.0.0.${at + 1} }\n`).join('')}steps:\n${steps.map((name) => `  - { name: ${name}, check: "true", run: "true" }\n`).join('')}`;
    const node = () =>
      scriptedNode((kind, step) =>
        kind === 'probe'
          ? {
              lines: [
                '@ begin 1',
                '@ fact el 9',
                ...steps.flatMap((id) => [`@ step ${id}`, `@ state ${id} needed`]),
                '@ end',
              ],
            }
          : { lines: [`@ step ${step}`, `log of ${step}`, `@ result ${step} changed`, '@ end'] },
      );
    const writeGuard = createWriteGuard();
    const connected = Object.fromEntries(
      nodes.map((name) => [name, { ok: true, transport: node().transport } as const]),
    );
    const ports = { ...scriptedPorts(connected), files: createJobFiles(folder.path, writeGuard), writeGuard };
    const never = new AbortController().signal;
    const events = operate({ kind: 'run', cluster: clusterOf(text), selection: {} }, ports, never);
    const seen = await collect(journal(events, { stateFolder: folder.path, writeGuard, text }));
    const finished = seen.flatMap((event) =>
      event.type === 'node-finished' ? [`${event.node} ${event.outcome}`] : [],
    );
    assert.deepEqual(finished.sort(), nodes.map((name) => `${name} ok`).sort());
    for (const name of nodes)
      for (const step of steps)
        assert.equal(
          await readFile(logFile(folder.path, { run: 'run-1', node: name, step }), 'utf8'),
          `log of ${step}\n`,
        );
    const logs = await storedLogs(folder.path, 'run-1');
    assert.deepEqual(
      logs.map((log) => `${log.node} ${log.step}`).sort(),
      nodes.flatMap((name) => steps.map((step) => `${name} ${step}`)).sort(),
    );
    const [run] = await storedRuns(folder.path);
    assert.ok(run);
    assert.equal((await readUnfinishedRun(folder.path, run)).finished.size, nodes.length);
  });
});

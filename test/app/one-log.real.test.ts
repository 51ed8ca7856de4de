import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobFiles } from '../../src/app/jobs/job-files.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { operate } from '../../src/app/operate.ts';
import { english } from '../../src/base/l10n.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { type LocalNode, localNode } from '../support/local-node.ts';
import { collect, scriptedPorts } from '../support/scripted.ts';

describe('A job log that cannot be written', () => {
  let nodes: Readonly<Record<'a' | 'b', LocalNode>>;
  let state: string;
  before(function () {
    if (process.platform !== 'linux') this.skip();
    nodes = { a: localNode('dash'), b: localNode('dash') };
    state = mkdtempSync(join(tmpdir(), 'stackprep-log-'));
  });
  after(() => {
    if (!state) return;
    for (const node of Object.values(nodes)) node.remove();
    clearAwaySync(state);
  });

  it('ends the work on its node with the file and a remedy, and the other node is finished', async () => {
    const log = join(state, 'runs/r1/a/first.1.raw');
    // A folder in the place of the file.
    mkdirSync(log, { recursive: true });
    const file = (name: string) => `"$STACKPREP_BASE/${name}"`;
    const cluster = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
  b: { address: 10.0.0.2 }
steps:
  - { name: first, check: 'test -e ${file('first')}', run: 'touch ${file('first')}' }
  - { name: second, check: 'test -e ${file('second')}', run: 'touch ${file('second')}' }
`);
    const writeGuard = createWriteGuard();
    const ports = {
      ...scriptedPorts({
        a: { ok: true, transport: nodes.a.transport() },
        b: { ok: true, transport: nodes.b.transport() },
      }),
      names: { nonce: () => `n${Math.random().toString(36).slice(2)}`, run: () => 'r1' },
      clock: { now: () => Date.now() },
      files: createJobFiles(state, writeGuard),
      writeGuard,
    };
    const { signal } = new AbortController();
    const events = await collect(operate({ kind: 'run', cluster, selection: {} }, ports, signal));
    const { run, nodes: seen } = events.reduce(reduceRun, emptyRunState);
    assert.equal(run?.outcome, 'failed');
    const { failure } = seen.a ?? {};
    assert.equal(failure?.code, 'journal-unwritable');
    const message = english(failure.message);
    assert.ok(message.startsWith(`a is no longer followed, because ${log} can't be written`), message);
    assert.match(english(failure.action), /run the step again/);
    assert.ok(!existsSync(join(nodes.a.base, 'first')));
    assert.equal(seen.b?.failure, undefined);
    for (const step of ['first', 'second']) {
      assert.equal(seen.b?.steps[step]?.outcome, 'changed', step);
      assert.ok(existsSync(join(nodes.b.base, step)));
    }
    assert.equal(writeGuard.failed.aborted, false);
  });
});

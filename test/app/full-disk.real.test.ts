import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine, type Engine } from '../../src/app/entry.ts';
import { english } from '../../src/base/l10n.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { type LoopbackNodes, startNodes } from '../bench/engine-nodes.ts';
import { start } from '../cli/built.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { opensshMissing } from '../support/sshd.ts';

const never = new AbortController().signal;
const lines = 30_000;

describe('A full disk on the controlling computer', () => {
  let nodes: LoopbackNodes;
  const state = mkdtempSync(join(tmpdir(), 'stackprep-full-'));
  let isMounted = false;
  const go = join(state, '../', `${state.split('/').at(-1)}.go`);

  before(async function () {
    if (opensshMissing() !== undefined) this.skip();
    const size = ['-t', 'tmpfs', '-o', 'size=512k', 'stackprep-test', state];
    isMounted = spawnSync('mount', size).status === 0;
    if (!isMounted) this.skip();
    nodes = await startNodes(2);
  });
  after(async () => {
    await nodes?.stop();
    if (isMounted) execFileSync('umount', ['-l', state]);
    clearAwaySync(state);
    rmSync(go, { force: true });
  });

  /** A step that prints many lines and then waits for a file. */
  const clusterText = (name: string, count = 2) =>
    nodes
      .clusterText(count, [
        {
          name: 'talk',
          check: `test -e "$STACKPREP_BASE/${name}.done"`,
          run: `echo ran >>"$STACKPREP_BASE/${name}.ran"
awk 'BEGIN { for (i = 1; i <= ${lines}; i++) print "line", i, "and what else yum has to say" }'
while [ ! -e ${go} ]; do sleep 0.05; done
: >"$STACKPREP_BASE/${name}.done"`,
        },
        {
          name: 'after',
          check: `test -e "$STACKPREP_BASE/${name}.after"`,
          run: `: >"$STACKPREP_BASE/${name}.after"`,
        },
      ])
      .replace('cluster: bench', `cluster: ${name}`);
  const refuse = () => Promise.reject(new Error('a question was asked'));
  const engineHere = (): Engine =>
    createEngine({
      ...{ stateFolder: state, home: nodes.home.path, env: {} },
      prompts: { secret: refuse, hostKey: refuse },
      knownHosts: () => [nodes.knownHosts],
    });
  const all = async (events: AsyncIterable<TimedEvent>): Promise<readonly TimedEvent[]> => {
    const collected: TimedEvent[] = [];
    for await (const event of events) collected.push(event);
    return collected;
  };
  const base = (index: number): string => nodes.home.file(`base${index}`);
  const remount = (size: string): unknown => execFileSync('mount', ['-o', `remount,size=${size}`, state]);

  it('ends the run with the file and a remedy; the jobs continue, and the run can be resumed once there is space', async () => {
    const { cluster } = decodeCluster(clusterText('full'));
    assert.ok(cluster);
    const first = engineHere();
    const collected = await all(first.operate({ kind: 'run', cluster, selection: {} }, never));
    await first.dispose();
    const { run, nodes: seen } = collected.reduce(reduceRun, emptyRunState);
    assert.equal(run?.outcome, 'failed');
    for (const name of ['n1', 'n2']) {
      const { failure, steps } = seen[name] ?? {};
      assert.equal(failure?.code, 'journal-unwritable');
      assert.match(
        english(failure.message),
        new RegExp(
          `^${name} is no longer followed, because ${state}/runs/.* can't be written on this computer: the disk is full`,
        ),
      );
      assert.match(english(failure.action), /Free disk space .* run --resume/);
      assert.deepEqual([steps?.talk?.outcome, steps?.after?.outcome], ['interrupted', 'skipped']);
      assert.deepEqual(
        steps?.talk?.reasons.map(({ code }) => code),
        ['job-journal-unwritable'],
      );
    }

    const second = engineHere();
    const [open] = await second.openRuns();
    assert.ok(open);
    // The disk is still full: nothing starts, and the failure says why.
    const refused = (await all(second.resume({ open, cluster }, never))).reduce(reduceRun, emptyRunState);
    const again = refused.run?.refusal ?? refused.nodes.n1?.failure;
    assert.equal(again?.code, 'journal-unwritable');
    assert.match(english(again.message), /the disk is full/);

    remount('64m');
    writeFileSync(go, '');
    await all(second.resume({ open, cluster }, never));
    await second.dispose();
    const written = readFileSync(join(open.folder, 'journal.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as TimedEvent] : []));
    const state2 = written.reduce(reduceRun, emptyRunState);
    assert.equal(state2.run?.outcome, 'ok');
    for (const [index, name] of ['n1', 'n2'].entries()) {
      assert.equal(readFileSync(join(base(index), 'full.ran'), 'utf8'), 'ran\n');
      assert.ok(existsSync(join(base(index), 'full.after')));
      const sum = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
      assert.equal(
        sum(join(open.folder, name, 'talk.1.raw')),
        sum(join(base(index), 'jobs', `${open.run}.talk.1`, 'log')),
      );
      const wanted = Array.from({ length: lines }, (_, at) => `line ${at + 1} and what else yum has to say`);
      assert.equal(readFileSync(join(open.folder, name, 'talk.log'), 'utf8'), `${wanted.join('\n')}\n`);
      const journalled = written.flatMap((event) =>
        event.type === 'log' && event.node === name && event.step === 'talk' ? [event.line] : [],
      );
      assert.deepEqual(journalled, wanted);
    }
  });

  it('starts nothing if the journal cannot be created', async () => {
    const { cluster } = decodeCluster(clusterText('none'));
    assert.ok(cluster);
    remount('64m');
    spawnSync('sh', ['-c', 'cat /dev/zero >"$1"', 'sh', join(state, 'ballast')]);
    const engine = engineHere();
    const collected = await all(engine.operate({ kind: 'run', cluster, selection: {} }, never));
    await engine.dispose();
    const { run, nodes: seen } = collected.reduce(reduceRun, emptyRunState);
    assert.equal(run?.outcome, 'failed');
    assert.equal(seen.n1?.failure?.code, 'journal-unwritable');
    assert.equal(existsSync(join(base(0), 'none.ran')), false);
    rmSync(join(state, 'ballast'));
  });

  it('makes the command line exit with a failure code and no stack trace', async () => {
    rmSync(go, { force: true });
    const file = await nodes.home.write('limited.cluster.yaml', clusterText('limited', 1));
    // The limit is 300 kB (600 blocks of 512 bytes); the log of the step is larger.
    const program = ['sh', '-c', 'trap "" XFSZ; ulimit -f 600; exec "$@"', 'sh', process.execPath];
    const cli = join(import.meta.dirname, '../../dist/cli.js');
    const options = ['--yes', '--state-dir', join(state, 'limited'), '--known-hosts', nodes.knownHosts];
    const { code, out, err } = await start([...program, cli, 'run', file, ...options]).ended;
    assert.equal(code, 1, out + err);
    assert.match(
      out + err,
      /is no longer followed, because \S+ can't be written on this computer: the file exceeds the maximum size/,
    );
    assert.doesNotMatch(out + err, /^\s+at /m);
    writeFileSync(go, '');
    const ran = join(base(0), 'limited.done');
    while (!existsSync(ran)) await sleep(20);
    const later = await start([process.execPath, cli, 'run', '--resume', file, ...options]).ended;
    assert.equal(later.code, 0, later.out + later.err);
    assert.ok(existsSync(join(base(0), 'limited.after')));
    assert.equal(readFileSync(join(base(0), 'limited.ran'), 'utf8'), 'ran\n');
  });
});

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/cli.ts';
import { startDemo } from '../../src/demo/entry.ts';
import type { DemoCluster } from '../../src/protocol/demo.ts';
import { fakeIo, fakeKeyboard } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const steps = ['--step', 'hosts-file', '--step', 'locale'];

describe('stackprep undo', () => {
  let folder: Folder;
  let demo: DemoCluster;
  let good: string;
  before(async () => {
    folder = await temporaryFolder();
    const options = { pace: 'fast', system: 'el7', scenarios: [] } as const;
    demo = await startDemo({ folder: join(folder.path, 'demo'), ...options });
    good = await readFile(demo.clusterFile, 'utf8');
  });
  after(async () => {
    await demo.stop();
    await folder.remove();
  });

  let state = '';
  beforeEach(() => {
    state = join(folder.path, `state-${Math.random()}`);
  });
  afterEach(() => writeFile(demo.clusterFile, good));

  async function call(argv: readonly string[], more: { answer?: string; isTTY?: boolean } = {}) {
    const { answer, isTTY = false } = more;
    const person = answer === undefined ? undefined : fakeKeyboard([answer]);
    const { io, stdout, stderr } = fakeIo({
      ...{ cwd: folder.path, isTTY, columns: 120 },
      ...(person ? { keyboard: person.keyboard } : {}),
    });
    const [command = '', ...rest] = argv;
    const connects = command !== 'logs';
    const file = connects ? [demo.clusterFile, '--known-hosts', demo.knownHosts] : [];
    const code = await main([command, ...file, '--state-dir', state, ...rest], io);
    const out = stdout.text().replaceAll(/\x1b\[[?\d;]*[A-Za-z]/g, '');
    return { code, out, err: stderr.text(), asked: person?.text() ?? '' };
  }

  /** Makes a node unreachable until the original file is restored. */
  async function breakNode(name: string): Promise<void> {
    const text = good.replace(new RegExp(`(  ${name}: .*port: )\\d+`), '$11');
    assert.notEqual(text, good);
    await writeFile(demo.clusterFile, text);
  }

  async function unfinished(kind: 'run' | 'undo'): Promise<void> {
    const run = `2026-11-22T09-00-00-000Z-${kind}`;
    const nodes = ['openstack1', 'openstack2'];
    const begin = { type: 'run-started', run, kind, cluster: 'demo', nodes, steps: ['hosts-file', 'locale'] };
    const line = JSON.stringify({ ...begin, file: demo.clusterFile, at: Date.now() });
    await folder.write(join(state.slice(folder.path.length), 'runs', run, 'journal.jsonl'), `${line}\n`);
  }

  const eventsOf = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('asks which steps it may undo in which order on which nodes, and says what each restores', async () => {
    const { code, out, asked } = await call(['undo', ...steps, '--node', 'openstack[1:2]'], { answer: 'n' });
    assert.deepEqual({ code, out }, { code: 130, out: '' });
    assert.match(
      asked,
      /^This will undo 2 steps on 2 nodes of demo\.\n {2}Nodes: openstack1 \(root@[^)]*\), openstack2 \(/,
    );
    assert.match(
      asked,
      /\n {2}Steps to undo: locale, hosts-file\n {2}locale: \S.*\n(?: {4}.*\n)* {2}hosts-file: \S/,
    );
    assert.match(asked, /\nUndo\? \[y\/N\] Nothing was undone\.\n$/);
    assert.doesNotMatch(asked, /This will change|Continue/);
  });

  it('names every step that cannot be undone before it asks or connects', async () => {
    const { code, out, err } = await call([
      'undo',
      '--yes',
      '--step',
      'upgrade',
      '--step',
      'locale',
      '--step',
      'house-rules',
    ]);
    assert.deepEqual({ code, out }, { code: 2, out: '' });
    assert.match(
      err,
      /^stackprep: Stackprep cannot undo upgrade\. \S.*\nstackprep: Stackprep cannot undo house-rules\. \S.*\n$/,
    );
  });

  it('reports that no selected node has the step', async () => {
    const { code, err } = await call(['undo', '--yes', '--step', 'mariadb', '--node', 'openstack2']);
    assert.equal(code, 2);
    assert.match(err, /^stackprep: None of the steps to undo applies to the selected nodes\.\n$/);
  });

  for (const isTTY of [false, true])
    it(`reports steps as undone, never as needed, and names the logs${isTTY ? ' on a terminal' : ''}`, async () => {
      assert.equal((await call(['run', '--yes', ...steps])).code, 0);
      const { code, out } = await call(['undo', '--yes', ...steps], { isTTY });
      assert.equal(code, 0, out);
      assert.doesNotMatch(out, /needed|changed|running/);
      assert.match(out, /\nlocale +✓ undone {2}/);
      assert.match(out, /\nLogs: \S+runs\S+\n/);
      assert.match(out, /✓ 4 nodes · 8 undone · /);
      if (!isTTY) assert.match(out, /^openstack1 │ locale +│ ✓ undone/m);
    });

  it('reports its kind with --json', async () => {
    const { out } = await call(['undo', '--yes', '--json', ...steps]);
    const [begin] = eventsOf(out);
    assert.deepEqual(
      [begin.type, begin.kind, begin.steps],
      ['run-started', 'undo', ['hosts-file', 'locale']],
    );
  });

  it('appears in the logs as an undo', async () => {
    await call(['undo', '--yes', '--step', 'locale', '--node', 'openstack1']);
    assert.match((await call(['logs'])).out, / {2}undo {2}demo {2}1 node {2}✓ succeeded/);
    const { out } = await call(['logs', 'latest']);
    assert.match(out, /^openstack1 │ locale +│ undoing$/m);
    assert.match(out, /^openstack1 │ locale +│ ✓ undone/m);
    assert.doesNotMatch(out, /needed/);
  });

  it('is not retried by run --retry-failed; undo --retry-failed undoes the same steps on the failed node alone', async () => {
    await breakNode('openstack3');
    assert.equal((await call(['undo', '--yes', ...steps])).code, 1);
    await writeFile(demo.clusterFile, good);
    const refused = await call(['run', '--yes', '--retry-failed']);
    assert.deepEqual({ code: refused.code, out: refused.out }, { code: 2, out: '' });
    assert.match(refused.err, /was an undo.* `stackprep undo --retry-failed \S+demo\.cluster\.yaml`/);

    const other = await call(['undo', '--yes', '--retry-failed', '--step', 'memcached']);
    assert.equal(other.code, 2);
    assert.match(other.err, /did not include step `memcached`\. It undid: hosts-file, locale\./);
    const elsewhere = await call(['undo', '--yes', '--retry-failed', '--node', 'openstack1']);
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.err, /failed on other nodes: openstack3\./);

    const again = await call(['undo', '--retry-failed'], { answer: 'y' });
    assert.equal(again.code, 0, again.out + again.err);
    assert.match(again.asked, /This will undo 2 steps on 1 node of demo\.\n {2}Nodes: openstack3 /);
    assert.match(again.out, /✓ 1 node · 2 undone · /);
    assert.doesNotMatch(again.out, /openstack[124]/);
    const done = await call(['undo', '--yes', '--retry-failed']);
    assert.equal(done.code, 0);
    assert.match(done.err, /^The last undo of \S+ succeeded on every node\.\n$/);
  });

  it('does not retry a failed run: undo --retry-failed names the command for it', async () => {
    await breakNode('openstack2');
    assert.equal((await call(['run', '--yes', ...steps])).code, 1);
    await writeFile(demo.clusterFile, good);
    const refused = await call(['undo', '--yes', '--retry-failed']);
    assert.deepEqual({ code: refused.code, out: refused.out }, { code: 2, out: '' });
    assert.match(refused.err, /was a run.* `stackprep run --retry-failed \S+demo\.cluster\.yaml`/);
    const again = await call(['run', '--yes', '--json', '--retry-failed', ...steps]);
    assert.equal(again.code, 0);
    const [begin] = eventsOf(again.out);
    assert.deepEqual([begin.kind, begin.nodes], ['run', ['openstack2']]);
  });

  it('retries the last undo of this file, not of another file with the same cluster name', async () => {
    await breakNode('openstack2');
    await call(['undo', '--yes', ...steps]);
    await writeFile(demo.clusterFile, good);
    const copy = await folder.write('copy.cluster.yaml', good);
    const { io, stderr } = fakeIo({ cwd: folder.path });
    assert.equal(await main(['undo', copy, '--yes', '--retry-failed', '--state-dir', state], io), 2);
    assert.match(stderr.text(), /copy\.cluster\.yaml has no undo to retry\./);
  });

  for (const [kind, other] of [
    ['undo', 'run'],
    ['run', 'undo'],
  ] as const)
    it(`is refused for an unfinished ${kind} unless ${kind} --resume resumes it`, async () => {
      await unfinished(kind);
      const refused = await call([other, '--yes', '--resume']);
      assert.deepEqual({ code: refused.code, out: refused.out }, { code: 2, out: '' });
      assert.ok(refused.err.includes(`\`stackprep ${kind} --resume ${demo.clusterFile}\``), refused.err);
      const meanwhile = await call([other, ...steps], { answer: 'n' });
      assert.match(
        meanwhile.err,
        new RegExp(`${kind} of \\S+ is unfinished .*\`stackprep ${kind} --resume `),
      );

      const resumed = await call([kind, '--json', '--resume']);
      assert.equal(resumed.code, 0, resumed.out + resumed.err);
      const events = eventsOf(resumed.out);
      assert.deepEqual([events[0].kind, events[1].type], [kind, 'run-resumed']);
      const finished = events.filter(({ type }) => type === 'step-finished');
      assert.deepEqual(finished.map(({ node }) => node).sort(), [
        'openstack1',
        'openstack1',
        'openstack2',
        'openstack2',
      ]);
      const nothing = await call([kind, '--resume']);
      assert.equal(nothing.code, 2);
      assert.match(nothing.err, new RegExp(`has no unfinished ${kind}\\.`));
    });

  it('refuses --resume together with --retry-failed', async () => {
    assert.equal((await call(['undo', '--resume', '--retry-failed'])).code, 2);
  });
});

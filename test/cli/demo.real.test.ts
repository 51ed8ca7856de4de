import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run, type Served, serve } from './built.ts';
import { type Folder, temporaryFolder } from './folder.ts';

/** Counts the cells of each kind in the matrix at the end of a report. */
function cells(report: string): Record<string, number> {
  const [matrix = ''] = report.slice(report.lastIndexOf('\nssh-keys')).split('\n\n');
  const counts: Record<string, number> = {};
  for (const [, word = ''] of matrix.matchAll(/[✓=✗!●·] (\w+(?: [\w-]+)*)/g))
    counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

describe('The built command line on the demo cluster', () => {
  let folder: Folder;
  let nodes: Served;
  before(async () => {
    folder = await temporaryFolder();
    nodes = await serve(folder.path, '--pace', 'fast', '--scenario', 'node-down');
  });
  after(async () => {
    assert.equal(await nodes.stop(), 0);
    assert.equal(existsSync(dirname(nodes.clusterFile)), false, 'the demo removes its folder');
    await folder.remove();
  });
  const on = (command: string, ...rest: readonly string[]) =>
    run(command, nodes.clusterFile, ...nodes.options, ...rest);

  it('reports what is needed, runs it, and finds nothing to do the second time', async () => {
    const three = ['--node', 'openstack[1:3]'];
    const checked = await on('check', ...three);
    assert.equal(checked.code, 1);
    assert.match(checked.out, /centos-release-openstack-stein is not installed/);

    const first = await on('run', ...three, '--yes');
    assert.equal(first.code, 0, first.out + first.err);
    assert.deepEqual(Object.keys(cells(first.out)), ['changed']);
    const logs = first.out.slice(0, first.out.indexOf('\n\n')).split('\n');
    assert.ok(logs.length > 500, 'the logs of yum are shown');
    assert.deepEqual(
      logs.filter((line) => !/^openstack[123] │ /.test(line)),
      [],
      'every line starts with its node',
    );
    assert.doesNotMatch(first.out, /\x1b/);

    const second = await on('run', ...three, '--yes');
    assert.equal(second.code, 0);
    assert.deepEqual(Object.keys(cells(second.out)), ['unchanged']);
    assert.equal((await on('check', ...three)).code, 0);
    const planned = await on('plan', ...three);
    assert.equal(planned.code, 0);
    assert.match(planned.out, /3 nodes · 37 done/);

    const [run = ''] = (await readdir(join(folder.path, 'runs'))).slice(1);
    const log = await readFile(join(folder.path, 'runs', run, 'openstack1', 'upgrade.log'), 'utf8');
    assert.match(log, /Complete!/);
  });

  it('exits with 3 if the only node is down', async () => {
    const { code, out } = await on('check', '--node', 'openstack4');
    assert.equal(code, 3);
    assert.match(out, /openstack4 .*refuses SSH connections/);
  });

  it('rejects an unknown host key if there is no terminal to ask on', async () => {
    const { clusterFile } = nodes;
    const { code, out } = await run('check', clusterFile, '--node', 'openstack1', '--state-dir', folder.path);
    assert.equal(code, 3);
    assert.match(out, /unknown host key SHA256:\S+\. Not a terminal/);
  });

  it('runs the demo tour with a plan, logs and a matrix, including the requested failure', async () => {
    const scenarios = ['--scenario', 'failing-package'];
    const { code, out, err } = await run('demo', '--pace', 'fast', '--state-dir', folder.path, ...scenarios);
    assert.equal(code, 1, err);
    assert.match(out, /simulated/);
    assert.match(out, /4 nodes · 48 needed/);
    assert.deepEqual(cells(out), { changed: 42, failed: 1, 'blocked by openstack-selinux': 5 });
    const [, log = ''] = /✗ openstack2 · openstack-selinux[^/]*? {4}(\/\S+\.log)\n/.exec(out) ?? [];
    assert.match(out, /The pre-installation script of openstack-selinux-\S+ failed/);
    assert.match(await readFile(log, 'utf8'), /openstack-selinux/);
  });
});

import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../../../src/demo/entry.ts';
import { provideUi } from '../ui.ts';

/** The numbers of the transaction's elements in a log: `Updating : name 3/61`. */
function elements(log: string, verb: RegExp): number[] {
  return [...log.matchAll(/^ {2}(\w+) +: .* (\d+)\/\d+ *$/gm)].flatMap(([, word = '', number]) =>
    verb.test(word) ? [Number(number)] : [],
  );
}

describe('An unfinished run of a closed window', () => {
  const ui = provideUi();

  it('is offered by the next window, resumes, and has a complete log (ko)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stackprep-unfinished-'));
    // Nodes that outlive the window, as real ones do.
    const demo = await startDemo({ folder, pace: 'realistic', system: 'el7', scenarios: [] });
    try {
      const whole = await readFile(demo.clusterFile, 'utf8');
      const one = whole
        .replace(/^ {2}openstack[234]:.*\n/gm, '')
        .replace(/^steps:[\s\S]*/m, 'steps:\n  - upgrade\n  - locale\n')
        .replace('cluster: demo', 'cluster: left');
      await mkdir(join(ui.home(), '.ssh'), { recursive: true });
      await copyFile(demo.knownHosts, join(ui.home(), '.ssh/known_hosts'));
      const workbench = await ui.open({ files: { 'left.cluster.yaml': one }, language: 'ko' });
      await workbench.show('Stackprep');
      await workbench.row('openstack1').waitFor();
      await workbench.command('stackprep.run');
      await workbench.dialog('실행');
      await workbench.waitForText('sidebar', 'upgrade, ');
      const loaded = workbench.page.waitForEvent('load');
      await workbench.palette('Developer: Reload Window');
      await loaded;
      await workbench.row('openstack1').waitFor();
      await workbench.waitForText('notifications', 'left 실행(');
      await workbench.screenshot('unfinished-run');
      await workbench.page.locator('.notification-toast').getByRole('button', { name: '재개' }).click();
      await workbench.waitForText('sidebar', 'upgrade');
      await workbench.screenshot('unfinished-run-resumed');
      await workbench.waitForText('notifications', 'left 실행 완료: 완료 2개(변경 2개)', 120_000);
      await workbench.screenshot('unfinished-run-finished');
      const runs = join(ui.state(), 'runs');
      assert.equal((await readdir(runs)).length, 1);
      const [run = ''] = await readdir(runs);
      const log = await readFile(join(runs, run, 'openstack1/upgrade.log'), 'utf8');
      const all = Array.from({ length: 61 }, (_, index) => index + 1);
      assert.deepEqual(elements(log, /^(?:Installing|Updating|Cleanup)$/), all);
      assert.equal(log.match(/^Complete!$/gm)?.length, 1);
      assert.match(log, /^Loaded plugins/);
    } finally {
      await demo.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

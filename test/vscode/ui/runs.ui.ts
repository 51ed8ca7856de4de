import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../../../src/demo/entry.ts';
import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

/** The texts that the test waits for, in both languages. */
const TEXTS = {
  en: {
    finished: 'Run of lab',
    done: '4 done',
    renamed: 'no longer in the file',
    changed: 'Changed since this run began',
    difference: 'Show Difference',
    elsewhere: 'in another window or terminal',
    runs: 'Runs',
  },
  ko: {
    finished: 'lab 실행 완료',
    done: '완료 4개',
    renamed: '파일에 더 이상 없음',
    changed: '실행 시작 후 변경됨',
    difference: '차이 표시',
    elsewhere: '다른 창 또는 터미널에서 진행 중',
    runs: '실행 기록',
  },
} as const;

/** Reloads the window and shows its sidebar again. */
async function reload(workbench: Workbench): Promise<void> {
  const loaded = workbench.page.waitForEvent('load');
  await workbench.palette('Developer: Reload Window');
  await loaded;
  await workbench.show('Stackprep');
  await workbench.row('openstack1').waitFor();
}

/** Two nodes that outlive the window, as real ones do, and a cluster file with the given steps, else with those of the demo. */
async function nodes(pace: 'fast' | 'realistic', home: string, steps?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'stackprep-runs-'));
  const demo = await startDemo({ folder, pace, system: 'el7', scenarios: [] });
  const text = (await readFile(demo.clusterFile, 'utf8'))
    .replace(/^ {2}openstack[34]:.*\n/gm, '')
    .replace(/^steps:[\s\S]*/m, (all) => steps ?? all)
    .replace('cluster: demo', 'cluster: lab');
  await mkdir(join(home, '.ssh'), { recursive: true });
  await copyFile(demo.knownHosts, join(home, '.ssh/known_hosts'));
  const stop = async (): Promise<void> => {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { text, stop };
}

const THEMES = { en: 'Default Dark Modern', ko: 'Default Light Modern' } as const;

for (const language of languagesOf('en')) {
  const theme = THEMES[language];
  const texts = TEXTS[language];

  describe(`The runs of earlier windows (${language})`, () => {
    const ui = provideUi({ settings: { 'workbench.colorTheme': theme, 'stackprep.confirmRun': false } });

    it('give the sidebar its states after a reload, are listed, and open their logs', async () => {
      const lab = await nodes('fast', ui.home(), 'steps:\n  - upgrade\n  - locale\n');
      try {
        const workbench = await ui.open({
          files: { 'lab.cluster.yaml': lab.text },
          open: 'lab.cluster.yaml',
          language,
        });
        await workbench.show('Stackprep');
        await workbench.row('openstack1').waitFor();
        await workbench.command('stackprep.run');
        await workbench.waitForText('notifications', texts.finished);
        await workbench.palette('Notifications: Clear All Notifications');
        await reload(workbench);
        await workbench.waitForText('sidebar', texts.done);
        await workbench.waitForText('statusbar', 'lab:');
        await workbench.screenshot('runs-after-reload');
        const rows = workbench.page
          .locator('.part.sidebar .pane')
          .filter({ has: workbench.page.getByRole('heading', { name: texts.runs, exact: true }) })
          .locator('.monaco-list-row');
        await rows.first().locator('.monaco-tl-twistie').click();
        await rows.filter({ hasText: 'openstack2' }).click();
        await workbench.screenshot('runs-nodes');
        await rows.filter({ has: workbench.page.getByText('upgrade', { exact: true }) }).click();
        await workbench.waitForText('editor', 'Resolving Dependencies');
        await workbench.screenshot('runs-log-of-earlier-run');
      } finally {
        await lab.stop();
      }
    });

    it('are seen in a second window while they are in progress, and keep the nodes that they began with', async () => {
      const lab = await nodes('realistic', ui.home());
      try {
        const files = { 'lab.cluster.yaml': lab.text };
        const workbench = await ui.open({ files, open: 'lab.cluster.yaml', language });
        // Both windows are open before the run begins: under load a window takes longer to open than the run.
        const second = await ui.open({ workspace: workbench.workspace, open: 'lab.cluster.yaml', language });
        for (const each of [second, workbench]) {
          await each.show('Stackprep');
          await each.row('openstack1').waitFor();
        }
        await workbench.command('stackprep.run');
        await second.waitForText('sidebar', texts.elsewhere);
        await second.screenshot('runs-second-window');
        await writeFile(
          join(workbench.workspace, 'lab.cluster.yaml'),
          lab.text.replace('openstack2:', 'renamed2:'),
        );
        await workbench.waitForText('sidebar', texts.renamed);
        await workbench.lens(texts.changed).waitFor();
        await workbench.screenshot('runs-renamed-while-running');
        await workbench.lens(texts.difference).click();
        await workbench.page.locator('.monaco-diff-editor').first().waitFor();
        await workbench.screenshot('runs-difference');
      } finally {
        await lab.stop();
      }
    });
  });
}

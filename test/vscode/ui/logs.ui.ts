import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

/** The texts that the test waits for, in both languages. */
const TEXTS = {
  en: {
    failed: 'openstack3 · repositories: mirrorlist',
    show: 'Show Log',
    cause: 'was shut down when CentOS 7',
    remedy: 'Set `repositories.archive: auto`',
    end: '== finished with failures',
    found: '# Found: ',
    search: 'Search: Complete!',
  },
  ko: {
    failed: 'openstack3 · repositories: mirrorlist',
    show: '로그 표시',
    cause: '지원이 끝나면서 중단되었습니다',
    remedy: '`repositories.archive: auto` 값을',
    end: '== 완료(일부 실패)',
    found: '# 결과: ',
    search: '검색: Complete!',
  },
};

/** Opens the log of a step from the sidebar. */
async function openLog(workbench: Workbench, node: string, step: string): Promise<void> {
  await workbench.expand(node);
  // The rows of the cluster and of its steps name the step that blocks them.
  const row = workbench.page
    .locator(`.part.sidebar .monaco-list-row[aria-label*="${node}, ${step}"]`)
    .first();
  await row.hover();
  await row.getByRole('button', { name: TEXTS[workbench.language].show }).first().click();
  await workbench.page.locator(`.tab.active[data-resource-name="${step} · ${node}"]`).waitFor();
}

describe('The logs of a run', () => {
  const ui = provideUi({
    settings: {
      'stackprep.demo.scenarios': ['dead-mirrors'],
      'stackprep.demo.pace': 'fast',
      'stackprep.confirmRun': false,
    },
  });

  for (const language of languagesOf('ko')) {
    const texts = TEXTS[language];

    it(`explain a failure, fold, and can be searched and compared (${language})`, async () => {
      const workbench = await ui.open({ language });
      const { page } = workbench;
      await workbench.show('Stackprep');
      await workbench.command('stackprep.startDemo');
      await workbench.row('openstack1').waitFor();
      await workbench.command('stackprep.run');
      await workbench.waitForText('notifications', texts.failed);
      await workbench.screenshot('logs-result');
      await workbench.palette('Notifications: Clear All Notifications');
      await openLog(workbench, 'openstack3', 'repositories');
      await workbench.waitForText('editor', 'valid baseurl');
      const line = page.locator('.view-line').filter({ hasText: 'valid baseurl' }).first();
      await line.click({ position: { x: 40, y: 8 } });
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
      await workbench.waitForText('hover', texts.cause);
      await workbench.waitForText('hover', texts.remedy);
      await workbench.screenshot('logs-explained');
      await workbench.expand('openstack3', false);
      await openLog(workbench, 'openstack1', 'upgrade');
      await workbench.screenshot('logs-document');
      await workbench.palette('Fold All');
      await workbench.screenshot('logs-folded');
      await workbench.command('stackprep.searchLogs');
      await workbench.answer('Complete!');
      await page.locator(`.tab.active[data-resource-name="${texts.search}"]`).waitFor();
      await workbench.waitForText('editor', texts.found);
      await workbench.screenshot('logs-search');
      await page.keyboard.press('F4');
      await workbench.screenshot('logs-search-next');
      await workbench.palette('Open Link');
      await page.locator('.tab.active[data-resource-name="upgrade · openstack1"]').waitFor();
      await workbench.waitForText('editor', 'Complete!');
      await workbench.screenshot('logs-search-opened');
      await workbench.command('stackprep.searchLogs');
      await workbench.answer('container-selinux');
      await workbench.waitForText('editor', 'container-selinux');
      await workbench.screenshot('logs-search-again');
      await workbench.command('stackprep.compareLogs');
      await workbench.pick('upgrade', 'upgrade');
      await workbench.pick('openstack1', 'openstack1');
      await workbench.pick('openstack4', 'openstack4');
      await page.locator('.monaco-diff-editor').first().waitFor();
      await workbench.screenshot('logs-compare');
      await workbench.row('openstack3').hover();
      await workbench
        .row('openstack3')
        .getByRole('button', { name: TEXTS[workbench.language].show })
        .first()
        .click();
      await page.locator('.tab.active[data-resource-name="openstack3.log"]').waitFor();
      await workbench.waitForText('editor', '# openstack3: ');
      await workbench.screenshot('logs-node');
      await workbench.command('stackprep.showLog');
      await page.locator('.tab.active[data-resource-name^="demo · "]').waitFor();
      await workbench.waitForText('editor', 'stackprep run demo.cluster.yaml');
      await workbench.screenshot('logs-run');
      await workbench.command('stackprep.showScript');
      await workbench.pick('hosts-file', 'hosts-file');
      await page.locator('.tab.active[data-resource-name^="hosts-file · openstack"]').waitFor();
      await workbench.waitForText('editor', '/etc/hosts.stackprep-backup');
      await workbench.screenshot('logs-script');
      await workbench.command('stackprep.showOutput');
      await workbench.waitForText('output', texts.end);
      await workbench.screenshot('logs-output');
    });
  }
});

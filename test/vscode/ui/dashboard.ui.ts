import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';

const TEXTS = {
  en: { run: 'Run', simulated: 'are simulated', script: 'Show Script' },
  ko: { run: '실행', simulated: '시뮬레이션', script: '스크립트 표시' },
};

const LARGE = `cluster: large
release: stein
nodes:
  "node[001:200]": { address: "10.0.1.[1:200]", roles: [compute] }
steps: [hosts-file, repositories, upgrade, locale]
`;

for (const language of languagesOf('en')) {
  describe(`The dashboard of the demo (${language})`, () => {
    const settings = {
      'stackprep.demo.pace': 'fast',
      'stackprep.demo.scenarios': ['node-down', 'failing-package'],
    };
    const ui = provideUi({ settings });
    const texts = TEXTS[language];

    it('shows a run from its start to its failures, and opens the menu of a cell by keyboard', async () => {
      const workbench = await ui.open({ language });
      const { page } = workbench;
      await workbench.show('Stackprep');
      await workbench.command('stackprep.startDemo');
      await workbench.waitForText('notifications', texts.simulated);
      await workbench.row('openstack1').waitFor();
      await workbench.command('stackprep.showDashboard');
      const frame = workbench.webview();
      await frame.locator('[data-row="openstack1"]').waitFor();
      await workbench.screenshot('dashboard-idle');

      await workbench.command('stackprep.run');
      await workbench.dialog(texts.run);
      await frame.locator('.cell[data-status="running"]').first().waitFor();
      await workbench.screenshot('dashboard-running');
      await frame.locator('.cause[data-status="failed"]').first().waitFor({ timeout: 240_000 });
      await frame.locator('header .progress').waitFor({ state: 'hidden', timeout: 240_000 });
      await frame.locator('.cause[data-status="unreachable"]').waitFor();
      await workbench.screenshot('dashboard-failed');

      await frame.locator('.runs .link').last().click();
      await frame.locator('header.past').waitFor();
      await frame.locator('.cell[data-status="failed"]').first().waitFor();
      await workbench.screenshot('dashboard-past');
      await frame.locator('header .actions .button').first().click();
      await frame.locator('header:not(.past)').waitFor();

      await frame.locator('.cell').first().focus();
      await page.keyboard.press('ArrowRight');
      await frame.locator('.cell:focus[tabindex="0"][aria-label^="hosts-file, openstack1"]').waitFor();
      await page.keyboard.press('Shift+F10');
      await page.locator('.monaco-menu').getByText(texts.script).waitFor();
      await workbench.screenshot('dashboard-menu');
    });

    it('is restored after a reload, with its groups as they were', async () => {
      // Not by the address of the page: VS Code then opens that file instead of the earlier editors.
      const workbench = await ui.open({ language, files: { 'lab.cluster.yaml': LARGE } });
      await workbench.openFile('lab.cluster.yaml');
      await workbench.command('stackprep.showDashboard');
      const group = workbench.webview().locator('.name', { hasText: 'node[001:200]' });
      await group.click();
      await workbench.webview().locator('[data-row="node200"]').waitFor({ state: 'attached' });
      await workbench.screenshot('dashboard-large');
      const loaded = workbench.page.waitForEvent('load');
      await workbench.palette('Developer: Reload Window');
      await loaded;
      await workbench.webview().locator('[data-row="node200"]').waitFor({ state: 'attached' });
      await workbench.screenshot('dashboard-restored');
    });
  });
}

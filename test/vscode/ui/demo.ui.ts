import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

/** The texts that the test waits for, in both languages. */
const TEXTS = {
  en: {
    simulated: 'are simulated',
    run: 'Run',
    running: 'upgrade, ',
    finished: 'finished with failures',
    end: '== finished with failures',
  },
  ko: {
    simulated: '시뮬레이션',
    run: '실행',
    running: 'upgrade, ',
    finished: '완료(일부 실패)',
    end: '== 완료(일부 실패)',
  },
};

async function startDemo(workbench: Workbench): Promise<void> {
  await workbench.show('Stackprep');
  await workbench.command('stackprep.startDemo');
  await workbench.waitForText('notifications', TEXTS[workbench.language].simulated);
  await workbench.row('openstack1').waitFor();
}

describe('The demo cluster in VS Code', () => {
  const settings = { 'stackprep.demo.scenarios': ['failing-package', 'node-down'] };
  const ui = provideUi({ settings });

  for (const language of languagesOf('ko')) {
    const texts = TEXTS[language];

    it(`is run from the confirmation to the result (${language})`, async () => {
      const workbench = await ui.open({ language });
      await startDemo(workbench);
      await workbench.command('stackprep.run');
      await workbench.waitForText('dialog', 'openstack4 (127.0.0.1)');
      await workbench.screenshot('confirm');
      await workbench.dialog(texts.run);
      await workbench.waitForText('sidebar', texts.running);
      await workbench.expand('openstack1');
      await workbench.waitForText('editor', '⟳ upgrade');
      await workbench.screenshot('running');
      await workbench.waitForText('notifications', texts.finished);
      await workbench.expand('openstack1', false);
      await workbench.expand('openstack2');
      await workbench.screenshot('finished');
      await workbench.command('stackprep.groupByStep');
      await workbench.expand('openstack-selinux');
      await workbench.screenshot('by-step');
      await workbench.command('stackprep.groupByNode');
      await workbench.command('stackprep.showOutput');
      await workbench.waitForText('output', texts.end);
      await workbench.screenshot('log');
      await workbench.palette('View: Hide Panel');
      await workbench.command('stackprep.plan');
      await workbench.waitForText('editor', 'openstack2:');
      await workbench.screenshot('plan');
    });
  }
});

describe('A node that cannot be reached', () => {
  const ui = provideUi({
    settings: { 'stackprep.demo.scenarios': ['node-down'], 'stackprep.demo.pace': 'fast' },
  });

  it('shows why, and what to do', async () => {
    const workbench = await ui.open({});
    await startDemo(workbench);
    await workbench.command('stackprep.check');
    await workbench.waitForText('sidebar', 'connection refused');
    await workbench.hoverFor(workbench.row('openstack4'), 'Check that sshd is running on the host');
    await workbench.page.screenshot({ path: 'test-results/ui/unreachable.en.png' });
    await workbench.row('openstack4').click({ button: 'right' });
    await workbench.page.locator('.monaco-menu').getByText('Retry', { exact: true }).waitFor();
    await workbench.screenshot('unreachable-menu');
  });

  it('has a connection log in its menu, with the login and the result', async () => {
    const workbench = await ui.open({});
    await startDemo(workbench);
    for (const [name, end] of [
      ['openstack1', 'Logged in to openstack1.'],
      ['openstack4', 'Check that sshd is running on the host'],
    ] as const) {
      await workbench.row(name).click({ button: 'right' });
      await workbench.page.locator('.monaco-menu').getByText('Show Connection Log', { exact: true }).click();
      await workbench.waitForText('output', end);
      await workbench.screenshot(`connection-log-${name}`);
    }
  });
});

import { provideUi } from '../ui.ts';

describe('Undoing a step in VS Code', () => {
  const ui = provideUi({
    settings: { 'stackprep.demo.pace': 'fast', 'stackprep.groupBy': 'step' },
  });

  it('shows what is restored, asks for confirmation, and is reported as an undo (ko)', async () => {
    const workbench = await ui.open({ language: 'ko' });
    const { page } = workbench;
    const undo = async (step: string): Promise<void> => {
      await workbench.row(step).click({ button: 'right' });
      await page.locator('.monaco-menu').getByText('단계 되돌리기…').click();
    };
    await workbench.show('Stackprep');
    await workbench.command('stackprep.startDemo');
    await workbench.row('repositories').hover();
    await workbench.row('repositories').getByRole('button', { name: '실행' }).first().click();
    await workbench.dialog('실행');
    await workbench.waitForText('notifications', 'demo 실행 완료');
    await workbench.palette('Notifications: Clear All Notifications');
    await undo('upgrade');
    await workbench.waitForText('dialog', '스냅샷을 만드세요');
    await workbench.screenshot('undo-by-hand');
    await workbench.dialog('OK');
    await workbench.command('stackprep.undo');
    await page.locator('.quick-input-widget').getByText('직접 되돌려야 하는 단계').waitFor();
    await workbench.screenshot('undo-pick');
    await workbench.pick('repositories', 'repositories');
    await workbench.waitForText('dialog', '.repo 파일을 복원');
    await workbench.waitForText('dialog', 'openstack4 (127.0.0.1)');
    await workbench.screenshot('undo-confirm');
    await workbench.dialog('되돌리기');
    await workbench.waitForText('notifications', 'demo 되돌리기 완료: 되돌림 4개');
    await workbench.screenshot('undo-result');
    await workbench.command('stackprep.showOutput');
    await workbench.waitForText('output', 'removed centos-release-openstack-stein');
    await workbench.screenshot('undo-log');
  });
});

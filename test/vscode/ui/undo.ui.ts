import assert from 'node:assert/strict';
import { provideUi } from '../ui.ts';

describe('Undoing a step in VS Code', () => {
  const ui = provideUi({
    settings: { 'stackprep.demo.pace': 'fast', 'stackprep.groupBy': 'step' },
  });

  it('shows what is restored, asks for confirmation, and is reported as an undo (ko)', async () => {
    const workbench = await ui.open({ language: 'ko' });
    const { page } = workbench;
    const menu = page.locator('.monaco-menu');
    await workbench.show('Stackprep');
    await workbench.command('stackprep.startDemo');
    await workbench.row('repositories').hover();
    await workbench.row('repositories').getByRole('button', { name: '실행' }).first().click();
    await workbench.dialog('실행');
    await workbench.waitForText('notifications', 'demo 실행 완료');
    await workbench.palette('Notifications: Clear All Notifications');
    // The menu of a step offers only what can be done; the palette says how to undo the others by hand.
    await workbench.row('upgrade').click({ button: 'right' });
    await menu.getByText('단계 점검').waitFor();
    assert.equal(await menu.getByText('단계 되돌리기…').count(), 0);
    await page.keyboard.press('Escape');
    await workbench.command('stackprep.undo');
    // The steps to undo by hand are at the end of a list that is longer than its window.
    await page.locator('.quick-input-widget').getByText('ssh-keys').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('.quick-input-widget').getByText('직접 되돌려야 하는 단계').waitFor();
    await workbench.screenshot('undo-pick');
    await workbench.pick('upgrade', 'upgrade');
    await workbench.waitForText('dialog', '스냅샷을 만드세요');
    await workbench.screenshot('undo-by-hand');
    await workbench.dialog('OK');
    await workbench.row('repositories').click({ button: 'right' });
    await menu.getByText('단계 되돌리기…').click();
    await workbench.waitForText('dialog', '.repo 파일에 한 변경만 되돌리고');
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

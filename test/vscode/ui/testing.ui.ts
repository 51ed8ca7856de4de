import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

const words = {
  en: { run: 'Run', finished: 'Run of demo finished' },
  ko: { run: '실행', finished: 'demo 실행 완료' },
} as const;

/** The row of the Testing view with that name and state, as a screen reader hears it. */
const row = (workbench: Workbench, label: string) =>
  workbench.page.locator(`.part.sidebar .test-explorer .monaco-list-row[aria-label*="${label}"]`).first();

describe('The Testing view', () => {
  const ui = provideUi({
    settings: { 'stackprep.demo.pace': 'fast', 'stackprep.demo.scenarios': ['node-down'] },
  });

  for (const language of languagesOf('en')) {
    const { run, finished } = words[language];

    it(`has each node as a suite and each check as a test that is run and reported (${language})`, async () => {
      const workbench = await ui.open({ language });
      await workbench.show('Stackprep');
      await workbench.command('stackprep.startDemo');
      await workbench.waitForText('editor', 'hosts-file');
      await workbench.show('Testing');
      await row(workbench, 'demo').click();
      await workbench.page.keyboard.press('ArrowRight');
      await row(workbench, 'openstack1').waitFor();
      await workbench.page.locator('.part.editor .testing-run-glyph').first().waitFor();
      await workbench.screenshot('testing-not-run');
      await workbench.palette('Test: Run All Tests');
      // The demo's nodes have nothing yet; the last one does not answer.
      await row(workbench, 'openstack1 (Failed)').waitFor();
      await row(workbench, 'openstack4 (Errored)').waitFor();
      await workbench.screenshot('testing-needed');
      await workbench.command('stackprep.run');
      await workbench.dialog(run);
      await workbench.waitForText('notifications', finished);
      await workbench.show('Testing');
      await workbench.palette('Test: Run All Tests');
      await row(workbench, 'openstack1 (Passed)').waitFor();
      await workbench.screenshot('testing-done');
    });
  }
});

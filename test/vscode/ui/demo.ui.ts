import { provideUi } from '../ui.ts';

describe('The demo cluster in VS Code', () => {
  const ui = provideUi({ settings: { 'stackprep.demo.pace': 'fast' } });

  for (const language of ['en', 'ko'] as const) {
    it(`is offered in an empty window, checks and runs (${language})`, async function () {
      this.timeout(240_000);
      const w = await ui.open({ language });
      await w.show('Stackprep');
      await w.page.waitForTimeout(3000);
      await w.screenshot('empty');
      await w.command('stackprep.startDemo');
      await w.page.waitForTimeout(4000);
      await w.screenshot('demo-started');
      await w.command('stackprep.check');
      await w.page.waitForTimeout(1500);
      await w.screenshot('demo-checking');
      await w.page.waitForTimeout(8000);
      await w.screenshot('demo-checked');
    });
  }
});

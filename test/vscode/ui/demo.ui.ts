import { provideUi } from '../ui.ts';

describe('The demo cluster in VS Code', () => {
  const ui = provideUi({ settings: { 'stackprep.demo.pace': 'realistic', 'stackprep.demo.scenarios': ['failing-package','node-down'] } });

  for (const language of ['en'] as const) {
    it(`is offered in an empty window, checks and runs (${language})`, async function () {
      this.timeout(400_000);
      const w = await ui.open({ language });
      await w.show('Stackprep');
      await w.command('stackprep.startDemo');
      await w.waitForText('editor', 'SIMULATED');
      await w.page.waitForTimeout(2000);
      await w.command('stackprep.run');
      await w.page.waitForTimeout(1000);
      await w.screenshot('confirm');
      await w.dialog('Run');
      await w.page.waitForTimeout(2000);
      await w.row('openstack1').click();
      await w.page.waitForTimeout(2000);
      await w.screenshot('running1');
      await w.page.waitForTimeout(15000);
      await w.screenshot('running2');
      await w.waitForText('notifications', 'Run of demo', 200000);
      await w.screenshot('finished');
      await w.row('openstack2').click();
      await w.page.waitForTimeout(1000);
      await w.row('openstack4').hover();
      await w.page.waitForTimeout(1500);
      await w.page.screenshot({path:'/tmp/hover.png'});
      await w.command('stackprep.showLog');
      await w.page.waitForTimeout(1500);
      await w.screenshot('log');
      await w.command('stackprep.plan');
      await w.page.waitForTimeout(1500);
      await w.screenshot('plan');
      await w.command('stackprep.showScript');
      await w.page.waitForTimeout(500);
      await w.pick('upgrade','upgrade');
      await w.page.waitForTimeout(1500);
      await w.screenshot('script');
    });
  }
});

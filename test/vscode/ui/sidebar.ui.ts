import assert from 'node:assert/strict';
import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

const BIG = `cluster: big
openstack: { release: stein }
nodes:
  control1: { address: 127.0.0.1, host: 127.0.0.1, port: 1 }
  "compute[001:200]": { address: "10.0.1.[1:200]", host: 127.0.0.1, port: 1 }
steps: [hosts-file, repositories, upgrade, chrony]
`;
const FAULTY =
  'cluster: bad\nopenstack: { release: steiin }\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [upgade]\n';

const TEXTS = {
  en: {
    big: '201 nodes',
    range: '200 nodes',
    errors: '2 errors',
    problem: 'Did you mean stein?',
    only: 'Show Only Failed',
    left: 'Only failed nodes and steps are shown.',
    failed: 'finished with failures',
    stepFailed: 'failed on openstack2',
  },
  ko: {
    big: '노드 201대',
    range: '노드 200대',
    errors: '오류 2개',
    problem: 'stein',
    only: '실패한 항목만 표시',
    left: '실패한 노드와 단계만 표시하고 있습니다.',
    failed: '완료(일부 실패)',
    stepFailed: '단계 실패(openstack2)',
  },
};

/** The number on the icon of the view; empty without one. */
async function badge({ page }: Workbench): Promise<string> {
  const content = page.locator('.part.activitybar .action-item').filter({
    has: page.locator('[aria-label*="Stackprep"]'),
  });
  return (await content.locator('.badge-content').allInnerTexts()).join('');
}

describe('The sidebar of a large cluster and of a file with errors', () => {
  const ui = provideUi({ settings: { 'stackprep.confirmRun': false } });

  for (const language of languagesOf('en')) {
    const texts = TEXTS[language];

    it(`has a level for the range, and shows the problems of a file that is not open (${language})`, async () => {
      const files = { 'big.cluster.yaml': BIG, 'bad.cluster.yaml': FAULTY };
      const workbench = await ui.open({ files, language });
      await workbench.show('Stackprep');
      await workbench.waitForText('sidebar', texts.big);
      await workbench.waitForText('sidebar', 'compute[001:200]');
      await workbench.waitForText('sidebar', texts.range);
      await workbench.waitForText('sidebar', texts.errors);
      await workbench.palette('Problems: Focus on Problems View');
      await workbench.waitForText('problems', texts.problem);
      await workbench.screenshot('sidebar-large');
      await workbench.row('bad').click();
      await workbench.waitForText('editor', `✗ ${texts.errors}`);
      assert.ok(!(await workbench.text('editor')).includes('▶'));
      const shown = (await workbench.text('problems')).split(texts.problem).length - 1;
      assert.equal(shown, 1, 'the open file is reported twice');
      await workbench.screenshot('sidebar-errors');
      await workbench.expand('compute[001:200]');
      await workbench.row('compute003').click();
      await workbench.page.locator('.tab.active[data-resource-name="big.cluster.yaml"]').waitFor();
      await workbench.screenshot('sidebar-range');
    });
  }
});

describe('The sidebar after failures', () => {
  const settings = {
    'stackprep.demo.scenarios': ['failing-package', 'node-down'],
    'stackprep.demo.pace': 'fast',
    'stackprep.confirmRun': false,
  };
  const ui = provideUi({ settings });

  for (const language of languagesOf('ko')) {
    const texts = TEXTS[language];

    it(`counts them, filters them, and opens the log at the error with a click (${language})`, async () => {
      const workbench = await ui.open({ language });
      const { page } = workbench;
      await workbench.show('Stackprep');
      await workbench.command('stackprep.startDemo');
      await workbench.row('openstack1').waitFor();
      await workbench.command('stackprep.run');
      await workbench.waitForText('notifications', texts.failed);
      await workbench.palette('Notifications: Clear All Notifications');
      await workbench.palette('Problems: Focus on Problems View');
      await workbench.waitForText('problems', texts.stepFailed);
      await workbench.command('stackprep.showOnlyFailed');
      await workbench.waitForText('sidebar', texts.left);
      await workbench.row('openstack4').waitFor();
      await workbench.row('openstack1').waitFor({ state: 'detached' });
      assert.equal(await badge(workbench), '2');
      await workbench.expand('openstack2');
      // The label for a screen reader.
      const failed = page.locator(
        '.part.sidebar .monaco-list-row[aria-label*="openstack2, openstack-selinux"]',
      );
      await failed.waitFor();
      await workbench.screenshot('sidebar-only-failed');
      await failed.click();
      await page.locator('.tab.active').filter({ hasText: 'openstack-selinux' }).waitFor();
      await workbench.screenshot('sidebar-click-opens-log');
      await workbench.command('stackprep.showAll');
      await workbench.row('openstack1').waitFor();
      await workbench.command('stackprep.clear');
      await page
        .locator('.part.activitybar .badge-content')
        .filter({ hasText: '2' })
        .waitFor({ state: 'hidden' });
      await workbench.waitForText('problems', 'No problems have been detected');
    });
  }
});

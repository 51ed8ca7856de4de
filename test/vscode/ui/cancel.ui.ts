import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../../src/run/events.ts';
import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

const TEXTS = {
  en: {
    run: 'Run',
    simulated: 'are simulated',
    askRun: 'Cancel the run of demo?',
    onNode: 'Cancel on This Node…',
    askNode: 'Cancel on openstack3?',
    others: 'The other nodes continue.',
    careful: 'Stop After Current Step',
    now: 'Stop Now',
    keep: 'Keep Running',
    stopping: 'stopping after ',
    onStep: 'Cancel This Step…',
    askStep: 'Cancel chrony on openstack1?',
    skip: 'Skip Step',
    cancelled: 'cancelled',
    partly: 'finished, partly cancelled',
    earlier: '1 earlier run is stored. Nothing has been checked in this window yet.',
  },
  ko: {
    run: '실행',
    simulated: '시뮬레이션',
    askRun: 'demo 실행을 취소하시겠습니까?',
    onNode: '이 노드에서 취소…',
    askNode: 'openstack3에서 취소하시겠습니까?',
    others: '다른 노드는 계속 진행합니다.',
    careful: '현재 단계 후 중지',
    now: '지금 중지',
    keep: '계속 실행',
    stopping: '이 단계 후 중지',
    onStep: '이 단계 취소…',
    askStep: 'openstack1에서 chrony 단계를 취소하시겠습니까?',
    skip: '단계 건너뛰기',
    cancelled: '취소',
    partly: '일부 취소됨',
    earlier: '이전 실행 1개가 저장되어 있습니다. 이 창에서는 상태를 점검하지 않았습니다.',
  },
};

/** Chooses from the menu of a row and waits for the question; a menu ignores clicks at first, and a late focus change closes it. */
async function ask(workbench: Workbench, row: string, label: string, question: string): Promise<void> {
  const { page } = workbench;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await workbench.row(row).click({ button: 'right' });
      const item = page.locator('.monaco-menu').getByText(label, { exact: true });
      await item.click({ delay: 300, timeout: 10_000 });
      return await workbench.waitForText('dialog', question, 10_000);
    } catch (error) {
      if (attempt === 5) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** The events of the newest stored run. */
async function journal(state: string): Promise<readonly RunEvent[]> {
  const runs = join(state, 'runs');
  const run = (await readdir(runs)).sort().at(-1) ?? '';
  const lines = (await readFile(join(runs, run, 'journal.jsonl'), 'utf8')).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RunEvent);
}

/** The outcomes of the steps of a node, in order. */
function outcomes(events: readonly RunEvent[], node: string): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'step-finished' && event.node === node ? [`${event.step} ${event.outcome}`] : [],
  );
}

for (const language of languagesOf('ko')) {
  describe(`Cancelling in a run of four nodes (${language})`, () => {
    // At its usual pace the run may end on a busy computer before the test has asked for everything.
    const ui = provideUi({ settings: { 'stackprep.demo.pace': 'slow' } });
    const texts = TEXTS[language];

    it('cancels the chosen node or step after a confirmation, and the window still shows it after a reload', async () => {
      const workbench = await ui.open({ language });
      await workbench.show('Stackprep');
      await workbench.command('stackprep.startDemo');
      await workbench.waitForText('notifications', texts.simulated);
      await workbench.row('openstack1').waitFor();
      await workbench.command('stackprep.run');
      await workbench.dialog(texts.run);
      await workbench.waitForText('sidebar', 'upgrade, ');

      // VS Code's own button; it closes the notification, which reappears as long as the run continues.
      await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Cancel' }).click();
      await workbench.waitForText('dialog', texts.askRun);
      await workbench.screenshot('cancel-run');
      await workbench.dialog(texts.keep);
      await workbench.waitForText('notifications', 'demo');

      await ask(workbench, 'openstack3', texts.onNode, texts.askNode);
      await workbench.waitForText('dialog', texts.others);
      await workbench.screenshot('cancel-node');
      await workbench.dialog(texts.keep);
      await ask(workbench, 'openstack3', texts.onNode, texts.askNode);
      await workbench.dialog(texts.careful);
      await workbench.waitForText('sidebar', texts.stopping);
      await workbench.screenshot('cancel-node-waits');

      await workbench.expand('openstack1');
      await ask(workbench, 'chrony', texts.onStep, texts.askStep);
      await workbench.screenshot('cancel-step');
      await workbench.dialog(texts.skip);
      await workbench.waitForText('notifications', texts.partly, 330_000);
      await workbench.expand('openstack3');
      await workbench.waitForText('sidebar', texts.cancelled);
      await workbench.screenshot('cancel-finished');

      const events = await journal(ui.state());
      const at = outcomes(events, 'openstack3').findIndex((text) => text.endsWith('cancelled'));
      const [stopped, rest] = [
        outcomes(events, 'openstack3').slice(0, at),
        outcomes(events, 'openstack3').slice(at),
      ];
      assert.match(stopped.at(-1) ?? '', / changed$/, 'the step that ran came to its end');
      assert.ok(rest.length > 1 && rest.every((text) => text.endsWith(' cancelled')), rest.join());
      const others = ['openstack1', 'openstack2', 'openstack4'].flatMap((node) =>
        outcomes(events, node).map((text) => `${node} ${text}`),
      );
      assert.deepEqual(
        others.filter((text) => !/ (?:un)?changed$/.test(text)),
        ['openstack1 chrony cancelled'],
      );

      const loaded = workbench.page.waitForEvent('load');
      await workbench.palette('Developer: Reload Window');
      await loaded;
      await workbench.row('openstack1').waitFor();
      await workbench.waitForText('sidebar', texts.earlier);
      await workbench.screenshot('earlier-runs');
      await workbench.command('stackprep.showLog');
      await workbench.page.locator('.tab.active[data-resource-name^="demo · "]').waitFor();
      await workbench.waitForText('editor', 'stackprep run demo.cluster.yaml');
      await workbench.screenshot('earlier-log');
    });
  });
}

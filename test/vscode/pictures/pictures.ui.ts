import { type OpenOptions, provideUi, type Ui } from '../ui.ts';
import { SELECTORS, type Workbench } from '../workbench.ts';
import { Camera, type Cut } from './camera.ts';

/** The window without the activity bar's empty part and without the status bar. */
const WINDOW: Cut = { x: 0, y: 0, width: 1200, height: 680, to: 1000 };
/** For the walkthrough, which shows a picture about 700 pixels wide. */
const STEP: Cut = { x: 0, y: 35, width: 1100, height: 700, to: 600, quality: 0.45 };

const TEXTS = {
  en: {
    simulated: 'are simulated',
    run: 'Run',
    failed: 'finished with failures',
    ok: 'Run of demo finished',
    folder: '',
  },
  ko: {
    simulated: '시뮬레이션',
    run: '실행',
    failed: '완료(일부 실패)',
    ok: 'demo 실행 완료',
    folder: 'ko/',
  },
};

const PROBLEM = `cluster: lab
openstack:
  release: stien
ssh:
  user: root
nodes:
  controller1: { address: 192.168.113.171, roles: [controller] }
  compute1: { address: 192.168.113.172, roles: [compute] }
repositories:
  rdo: enabled
  epel: enabled
services:
  mariadb: { on: controler }
steps:
  - hosts-file
  - repositories
  - upgrade
`;

async function startDemo(workbench: Workbench): Promise<void> {
  await workbench.show('Stackprep');
  await workbench.command('stackprep.startDemo');
  await workbench.waitForText('notifications', TEXTS[workbench.language].simulated);
  await workbench.row('openstack1').waitFor();
}

/** Opens a small window, so that a reader can read its pictures. */
async function small(ui: Ui, options: OpenOptions): Promise<Workbench> {
  const workbench = await ui.open(options);
  await workbench.page.setViewportSize({ width: 1200, height: 720 });
  return workbench;
}

/** Closes the notifications, so that they cover nothing. */
async function closeNotifications(workbench: Workbench): Promise<void> {
  await workbench.palette('Notifications: Clear All Notifications');
}

for (const language of ['en', 'ko'] as const) {
  const texts = TEXTS[language];
  const image = (name: string): string => `docs/images/${texts.folder}${name}.webp`;
  /** The package has English pictures only, to stay small. */
  const step = async (camera: Camera, name: string, cut: Partial<Cut> = {}): Promise<void> => {
    if (language === 'en') await camera.picture(`media/walkthrough/${name}.webp`, { ...STEP, ...cut });
  };

  describe(`The pictures of the documentation (${language})`, () => {
    const look = { 'breadcrumbs.enabled': false };
    const ui = provideUi({
      settings: { ...look, 'stackprep.demo.scenarios': ['failing-package', 'node-down'] },
    });
    const calm = provideUi({ settings: look });

    it('show a run on the dashboard', async () => {
      const workbench = await small(calm, { language });
      const camera = new Camera(workbench);
      await startDemo(workbench);
      await closeNotifications(workbench);
      await workbench.command('stackprep.showDashboard');
      const frame = workbench.webview();
      await frame.locator('[data-row="openstack1"]').waitFor();
      await workbench.command('stackprep.run');
      await workbench.dialog(texts.run);
      await frame.locator('.cell[data-status="running"]').first().waitFor();
      let shots = 0;
      await camera.film(
        image('run'),
        { ...WINDOW, to: 800, quality: 0.6 },
        {
          every: 1_500,
          isOver: async () => {
            shots += 1;
            if (shots === 14) {
              await camera.picture(image('dashboard'), WINDOW);
              await step(camera, 'demo', { x: 330, width: 860, height: 480 });
            }
            return (await workbench.text('notifications')).includes(texts.ok) || shots > 40;
          },
        },
      );
    });

    it('show a file with lenses, a failed step and the plan', async () => {
      const workbench = await small(ui, { language });
      const camera = new Camera(workbench);
      await startDemo(workbench);
      await closeNotifications(workbench);
      await workbench.command('stackprep.run');
      await workbench.dialog(texts.run);
      await workbench.expand('openstack1');
      await workbench.waitForText('editor', '⟳ upgrade');
      await step(camera, 'run', { width: 760, height: 480 });
      await workbench.waitForText('notifications', texts.failed);
      await closeNotifications(workbench);
      await workbench.expand('openstack1', false);
      await workbench.expand('openstack2');
      await camera.picture(image('tree'), WINDOW);
      await workbench.row('openstack-selinux').click();
      await workbench.waitForText('editor', 'openstack-selinux');
      await workbench.page.waitForTimeout(1_500);
      await camera.picture(image('failure'), WINDOW);
      await step(camera, 'failure', { x: 300, width: 860, height: 520 });
      await workbench.command('stackprep.plan');
      await workbench.waitForText('editor', 'openstack2:');
      await workbench.page.waitForTimeout(1_000);
      await camera.picture(image('plan'), WINDOW);
      await step(camera, 'check', { x: 300, width: 860, height: 520 });
    });

    it('show a new cluster file and a problem', async () => {
      const workbench = await small(calm, { language, files: { 'lab.cluster.yaml': PROBLEM } });
      const camera = new Camera(workbench);
      await workbench.show('Stackprep');
      await workbench.command('stackprep.createClusterFile');
      await workbench.answer('192.168.113.171-174');
      await workbench.page.locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
      await step(camera, 'create', { x: 290, width: 620, height: 420, y: 0 });
      await workbench.page.keyboard.press('Escape');
      await workbench.openFile('lab.cluster.yaml');
      const wrong = workbench.page.locator('.part.editor .view-line').filter({ hasText: 'stien' });
      await workbench.page.locator('.squiggly-error').first().waitFor();
      await wrong.getByText('stien').hover();
      await workbench.page.locator(SELECTORS.hover).first().waitFor();
      await step(camera, 'problems', { x: 300, width: 700, height: 460, keepsPointer: true });
    });
  });
}

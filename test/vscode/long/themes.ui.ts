import { provideUi } from '../ui.ts';

/** The themes whose screenshots are kept, by the end of their names; the first one is the default. */
const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

const TEXTS = {
  en: {
    run: 'Run',
    simulated: 'are simulated',
    failed: 'finished with failures',
    range: '200 nodes',
    walkthrough: 'Prepare your first cluster',
  },
  ko: {
    run: '실행',
    simulated: '시뮬레이션',
    failed: '완료(일부 실패)',
    range: '노드 200대',
    walkthrough: '첫 클러스터 준비하기',
  },
};

const LARGE = `cluster: large
openstack: { release: stein }
nodes:
  "node[001:200]": { address: "10.0.1.[1:200]", roles: [compute], host: 127.0.0.1, port: 1 }
steps: [hosts-file, repositories, upgrade, locale]
`;

for (const [name, theme] of Object.entries(THEMES)) {
  describe(`The states of a cluster in the theme ${theme}`, () => {
    const ui = provideUi({
      settings: {
        'workbench.colorTheme': theme,
        'stackprep.demo.pace': 'fast',
        'stackprep.demo.scenarios': ['node-down', 'failing-package'],
      },
    });

    for (const language of ['en', 'ko'] as const) {
      const texts = TEXTS[language];

      it(`are drawn while idle, while running and after failures (${language})`, async () => {
        const workbench = await ui.open({ language });
        await workbench.show('Stackprep');
        await workbench.command('stackprep.startDemo');
        await workbench.waitForText('notifications', texts.simulated);
        await workbench.row('openstack1').waitFor();
        await workbench.screenshot(`theme-${name}-idle`);
        await workbench.command('stackprep.showDashboard');
        const frame = workbench.webview();
        await frame.locator('[data-row="openstack1"]').waitFor();
        await workbench.command('stackprep.run');
        await workbench.dialog(texts.run);
        await frame.locator('.cell[data-status="running"]').first().waitFor();
        await workbench.screenshot(`theme-${name}-running`);
        await workbench.waitForText('notifications', texts.failed);
        await frame.locator('.cause[data-status="unreachable"]').waitFor();
        await workbench.palette('Notifications: Clear All Notifications');
        await workbench.screenshot(`theme-${name}-failed`);
        await workbench.openFile('demo.cluster.yaml');
        await workbench.expand('openstack2');
        await workbench.screenshot(`theme-${name}-tree`);
      });

      it(`begin with the empty sidebar, also a narrow one, and the walkthrough (${language})`, async () => {
        const workbench = await ui.open({ language });
        await workbench.show('Stackprep');
        await workbench.waitForText('sidebar', '.cluster.yaml');
        await workbench.screenshot(`theme-${name}-empty`);
        await workbench.command('stackprep.getStarted');
        await workbench.waitForText('editor', texts.walkthrough);
        // The border of the sidebar; as narrow as VS Code allows.
        const sidebar = await workbench.page.locator('.part.sidebar').boundingBox();
        const edge = sidebar ? sidebar.x + sidebar.width : 0;
        await workbench.page.mouse.move(edge + 2, 300);
        await workbench.page.mouse.down();
        await workbench.page.mouse.move(edge - 60, 300, { steps: 8 });
        await workbench.page.mouse.move(255, 300, { steps: 8 });
        await workbench.page.mouse.up();
        await workbench.screenshot(`theme-${name}-walkthrough`);
      });

      it(`are drawn for 200 nodes that refuse the connection (${language})`, async () => {
        const workbench = await ui.open({ language, files: { 'large.cluster.yaml': LARGE } });
        await workbench.openFile('large.cluster.yaml');
        await workbench.show('Stackprep');
        await workbench.waitForText('sidebar', texts.range);
        await workbench.command('stackprep.showDashboard');
        await workbench.command('stackprep.check');
        await workbench.webview().locator('.cause[data-status="unreachable"]').first().waitFor();
        await workbench.palette('Notifications: Clear All Notifications');
        await workbench.screenshot(`theme-${name}-200-nodes`);
      });
    }
  });
}

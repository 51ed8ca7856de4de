import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';

const FAULTY = `cluster: seed-lab
openstack:
  release: steiin
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.171, roles: [compute] }
  "compute[01:12]": { address: "10.0.0.[1:12]", roles: [compute] }
repositories:
  epel: disabld
steps:
  - hosts-file
  - upgade
  - chrony
  - name: house-rules
    on: compute
    check: test -f /etc/house
    run: |
      set -- "$HOME"   # a comment
      if ! rpm -q house; then yum -y install house; fi

      systemctl enable --now house
`;
const RELEASE = { en: 'Did you mean stein?', ko: 'stein' };

describe('Diagnostics in VS Code', () => {
  const ui = provideUi();

  for (const language of languagesOf('ko')) {
    it(`show every problem in the display language (${language})`, async () => {
      const workbench = await ui.open({ files: { 'seed.cluster.yaml': FAULTY }, language });
      await workbench.openFile('seed.cluster.yaml');
      await workbench.show('Stackprep');
      await workbench.palette('Problems: Focus on Problems View');
      await workbench.waitForText('problems', RELEASE[language]);
      await workbench.waitForText('sidebar', 'compute[01:12]');
      await workbench.screenshot('diagnostics');
      await workbench.quickFixes(workbench.page.locator('.view-line').getByText('steiin'), 'stein');
      await workbench.screenshot('quick-fix');
    });
  }

  it('prevent a run before any node is connected', async () => {
    const workbench = await ui.open({ files: { 'seed.cluster.yaml': FAULTY } });
    await workbench.openFile('seed.cluster.yaml');
    await workbench.waitForText('editor', '✗ ');
    await workbench.command('stackprep.run');
    await workbench.waitForText('notifications', 'no connection was made');
    await workbench.screenshot('refused');
  });
});

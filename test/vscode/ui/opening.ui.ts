import { PROJECT } from '../build.ts';
import { languagesOf } from '../languages.ts';
import { languageName } from '../titles.ts';
import { provideUi } from '../ui.ts';

const CLUSTER = `cluster: seed-lab
openstack:
  release: stein
  installer: manual
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute] }
steps:
  - ssh-keys
  - hosts-file
  - upgrade
`;

describe('A cluster file in VS Code', () => {
  const ui = provideUi();

  for (const language of languagesOf('en')) {
    it(`opens in its own language mode (${language})`, async () => {
      const workbench = await ui.open({ files: { 'seed.cluster.yaml': CLUSTER }, language });
      await workbench.openFile('seed.cluster.yaml');
      await workbench.waitForText('editor', 'cluster: seed-lab');
      await workbench.waitForText('statusbar', await languageName(PROJECT, 'openstack-cluster'));
      await workbench.screenshot('opening');
    });
  }
});

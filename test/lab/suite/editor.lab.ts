import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAwaySync } from '../../support/clear-away.ts';
import { provideUi } from '../../vscode/ui.ts';
import { type Lab, upLab } from '../lab.ts';

/** The main use of the editor: a code lens prepares four real nodes. */
describe('A code lens in a real VS Code', () => {
  const ui = provideUi({ settings: { 'stackprep.confirmRun': true } });
  const workspace = mkdtempSync(join(tmpdir(), 'stackprep-editor-'));
  let lab: Lab;

  before(async () => {
    lab = await upLab({ nodes: 4, system: 'el7' });
    mkdirSync(workspace, { recursive: true });
    copyFileSync(lab.clusterFile, join(workspace, 'lab.cluster.yaml'));
    appendFileSync(join(workspace, 'lab.cluster.yaml'), '# the lab\n');
  });
  after(async () => {
    await lab?.down();
    clearAwaySync(workspace);
  });

  it('shows after asking for the host keys what a run would change, each file in a diff editor, and changes nothing', async () => {
    const window = await ui.open({ workspace, open: 'lab.cluster.yaml' });
    await window.lens('Run on 4 nodes').waitFor();
    await window.palette('Show Plan with Differences');
    for (let node = 0; node < 4; node += 1) {
      await window.waitForText('dialog', 'SHA256:');
      if (node === 0) await window.screenshot('lab-host-key');
      await window.dialog('Trust and Save');
    }
    await window.waitForText('editor', 'What a run of lab would change', 240_000);
    await window.waitForText('editor', '/etc/hosts');
    await window.screenshot('lab-differences');
    await window.lens('Open in Diff Editor').click();
    await window.page.locator('.monaco-diff-editor').first().waitFor();
    await window.screenshot('lab-difference-of-file');
    const { stdout } = await lab.ssh('openstack1', 'cat /etc/hosts');
    assert.doesNotMatch(stdout, /stackprep/i);
  });

  it('prepares four real nodes, with a result visible through plain ssh', async () => {
    const window = await ui.open({ workspace, open: 'lab.cluster.yaml' });
    await window.lens('Run on 4 nodes').first().click();
    await window.dialog('Run');
    await window.waitForText('notifications', 'Run of lab finished', 240_000);
    await window.screenshot('lab-finished');
    for (const name of ['openstack1', 'openstack2', 'openstack3', 'openstack4']) {
      const { code, stdout } = await lab.ssh(
        name,
        'rpm -q python2-openstackclient openstack-selinux && getent hosts openstack4 && cat /etc/locale.conf',
      );
      assert.equal(code, 0, `${name}: ${stdout}`);
      assert.match(stdout, /198\.18\.88\.174\s+openstack4/);
    }
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

/** The path of the demo's cluster file, from the key file's path that stands in it. */
async function demoFile(workbench: Workbench): Promise<string> {
  const found = /identity: "(.+)\/id_ed25519"/.exec(await workbench.text('editor'));
  if (!found?.[1]) throw new Error('the demo’s cluster file is not open');
  return join(found[1], 'demo.cluster.yaml');
}

describe('A node whose host key nobody has vouched for', function () {
  this.timeout(120_000);
  const ui = provideUi({ settings: { 'stackprep.demo.pace': 'fast' } });

  it('is asked about by name, address, key type and fingerprint, and then trusted', async () => {
    const workbench = await ui.open({ files: { 'lab.cluster.yaml': '' } });
    await workbench.show('Stackprep');
    await workbench.command('stackprep.startDemo');
    await workbench.waitForText('editor', 'id_ed25519');
    const text = await readFile(await demoFile(workbench), 'utf8');
    // The demo's known_hosts knows the nodes by address: under another name of the same machine they are strangers.
    const stranger = text
      .split('\n')
      .filter((line) => !/^ {2}openstack[34]:/.test(line))
      .join('\n')
      .replace('cluster: demo', 'cluster: strangers')
      .replaceAll('host: 127.0.0.1', 'host: localhost');
    await workbench.openFile('lab.cluster.yaml');
    await workbench.page.locator('.part.editor .view-lines').first().click();
    await workbench.page.keyboard.insertText(stranger);
    await workbench.waitForText('sidebar', 'strangers');
    await workbench.command('stackprep.check');
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.screenshot('host-key');
    await workbench.dialog('Trust and Save');
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.dialog('Trust Once');
    await workbench.waitForText('notifications', 'Check of strangers finished');
  });
});

import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeHome } from '../../support/connecting.ts';
import { authorize, keygen, opensshMissing, startSshd } from '../../support/sshd.ts';
import { fakeSudo } from '../../support/sudo.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

const run = promisify(execFile);

/** Starts the demo; the folder with its cluster file and key, which stands in the file. */
async function demoFolder(workbench: Workbench): Promise<string> {
  await workbench.show('Stackprep');
  await workbench.command('stackprep.startDemo');
  await workbench.waitForText('notifications', 'are simulated');
  await workbench.waitForText('editor', 'id_ed25519');
  const found = /identity: "(.+)\/id_ed25519"/.exec(await workbench.text('editor'));
  if (!found?.[1]) throw new Error('the demo’s cluster file is not open');
  return found[1];
}

/** Writes a cluster file with two of the demo's nodes into the workspace and opens it. */
async function openLike(
  workbench: Workbench,
  folder: string,
  change: (text: string) => string,
): Promise<void> {
  const text = await readFile(join(folder, 'demo.cluster.yaml'), 'utf8');
  const two = text.replace(/^ {2}openstack[34]:.*\n/gm, '').replace('cluster: demo', 'cluster: two');
  await writeFile(join(workbench.workspace, 'two.cluster.yaml'), change(two));
  await workbench.waitForText('sidebar', 'two');
  await workbench.openFile('two.cluster.yaml');
  await workbench.command('stackprep.check');
}

describe('A question about a node', () => {
  const ui = provideUi({ settings: { 'stackprep.demo.pace': 'fast' } });

  it('names node, address, key type and fingerprint of a host key that nobody has vouched for', async () => {
    const workbench = await ui.open({});
    const folder = await demoFolder(workbench);
    // The demo's known_hosts knows the nodes by address: under another name of the same machine they are strangers.
    await openLike(workbench, folder, (text) => text.replaceAll('host: 127.0.0.1', 'host: localhost'));
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.screenshot('host-key');
    await workbench.dialog('Trust and Save');
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.dialog('Trust Once');
    await workbench.waitForText('notifications', 'Check of two finished: ');
  });

  it('names the key file that a passphrase is for, asks once for all nodes, and again after a wrong answer', async () => {
    const workbench = await ui.open({});
    const folder = await demoFolder(workbench);
    const key = join(workbench.workspace, 'locked_key');
    await copyFile(join(folder, 'id_ed25519'), key);
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', key]);
    await openLike(workbench, folder, (text) =>
      text.replace(/identity: ".*"/, `identity: ${JSON.stringify(key)}`),
    );
    const input = workbench.page.locator('.quick-input-widget:visible');
    await input.getByText('locked_key').first().waitFor();
    await workbench.screenshot('passphrase');
    await workbench.answer('wrong');
    await input.getByText('That was not accepted').first().waitFor();
    await workbench.answer('open sesame');
    await workbench.waitForText('notifications', 'Check of two finished: ');
  });

  it('asks for the sudo password once for all nodes, remembers it if told to, and forgets it again', async function () {
    if (opensshMissing() !== undefined) this.skip();
    const home = await makeHome();
    const identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    const sshd = await startSshd({ home, settings: [await fakeSudo(home, { password: 'open sesame' })] });
    try {
      const workbench = await ui.open({});
      const text = [
        'cluster: sudoers',
        `ssh: { user: root, port: ${sshd.port}, identity: ${JSON.stringify(identity)}, become: sudo }`,
        'nodes:',
        '  openstack1: { address: 127.0.0.1 }',
        '  openstack2: { address: 127.0.0.2, host: 127.0.0.1 }',
        'system: { locale: en_US.UTF-8 }',
        '',
      ];
      await writeFile(join(workbench.workspace, 'sudoers.cluster.yaml'), text.join('\n'));
      await workbench.show('Stackprep');
      await workbench.waitForText('sidebar', 'sudoers');
      await workbench.openFile('sudoers.cluster.yaml');
      await workbench.command('stackprep.check');
      for (const node of ['openstack1', 'openstack2']) {
        await workbench.waitForText('dialog', node);
        await workbench.dialog('Trust Once');
      }
      const input = workbench.page.locator('.quick-input-widget:visible');
      await input.getByText('for sudo on openstack1, openstack2').first().waitFor();
      await workbench.screenshot('sudo-password');
      await workbench.answer('open sesame');
      await input.getByText('Remember').first().waitFor();
      await workbench.screenshot('remember');
      await workbench.answer('Remember');
      await workbench.waitForText('notifications', 'Check of sudoers finished: ');
      await workbench.command('stackprep.forgetSecrets');
      await input.getByText('sudo password of root').first().waitFor();
      await workbench.screenshot('forget-secrets');
      await workbench.answer('');
      await workbench.waitForText('notifications', 'Secrets forgotten: 1');
    } finally {
      await sshd.stop();
      await home.remove();
    }
  });
});

describe('A rebuilt node', () => {
  const ui = provideUi({
    settings: { 'stackprep.demo.pace': 'fast', 'stackprep.demo.scenarios': ['host-key-changed'] },
  });

  it('has its host key replaced by the person who saw both fingerprints', async () => {
    const workbench = await ui.open({});
    await demoFolder(workbench);
    await workbench.command('stackprep.check');
    const button = workbench.page
      .locator('.notification-toast')
      .getByRole('button', { name: 'Replace Host Key…' });
    await button.first().click();
    await workbench.waitForText('dialog', 'Shown now (ssh-ed25519):');
    await workbench.screenshot('replace-host-key');
    await workbench.dialog('Replace Host Key');
    await workbench.waitForText('notifications', 'was replaced');
  });
});

import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Home, makeHome } from '../../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../../support/sshd.ts';
import { PROJECT } from '../build.ts';
import { provideUi } from '../ui.ts';
import type { Workbench } from '../workbench.ts';

/** An unpacked package to test instead of the project. */
const extension = process.env.STACKPREP_EXTENSION ?? PROJECT;

/** Prints the effort of the user; the time depends on the computer and is not asserted. */
function report(what: string, clicks: number, since: number): void {
  console.log(`      ${what}: ${clicks} clicks, ${Math.round((Date.now() - since) / 1000)} s`);
}

/** A free port of an address of this computer. */
async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const found = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(found !== null && typeof found === 'object');
  return found.port;
}

/** The button of the newest notifications with this label. */
function button({ page }: Workbench, name: string) {
  return page.locator('.notification-toast').getByRole('button', { name }).first();
}

describe('A new user with an empty folder', () => {
  const ui = provideUi({ extension });
  const homes: Home[] = [];
  const nodes: Sshd[] = [];

  after(async () => {
    for (const node of nodes) await node.stop();
    for (const home of homes) await home.remove();
  });

  it('has a prepared demo cluster after four clicks, with buttons for what comes next', async () => {
    const workbench = await ui.open({});
    const started = Date.now();
    await workbench.show('Stackprep');
    const { page } = workbench;
    const sidebar = page.locator('.part.sidebar');
    await sidebar.getByRole('button', { name: 'Start Demo Cluster' }).click();
    await button(workbench, 'Run Steps').click();
    await workbench.dialog('Run');
    const frame = workbench.webview();
    await frame.locator('.cell[data-status="running"]').first().waitFor();
    await workbench.screenshot('first-run-dashboard');
    await workbench.waitForText('notifications', 'Run of demo finished', 240_000);
    report('prepared demo cluster', 4, started);
    await workbench.screenshot('first-run-done');
    await button(workbench, 'Next Steps').click();
    await workbench.waitForText('editor', 'Prepare your first cluster');
    await workbench.screenshot('walkthrough');
  });

  it('checks two real nodes with a file made from three answers', async function () {
    if (opensshMissing() !== undefined) this.skip();
    const identities = join(ui.home(), '.ssh');
    await mkdir(identities, { recursive: true });
    const logins: string[] = [];
    for (const address of ['127.0.0.2', '127.0.0.3']) {
      const home = await makeHome();
      homes.push(home);
      const key = await keygen(home, 'id_ed25519');
      if (homes.length === 1) {
        await cp(key, join(identities, 'id_ed25519'));
        await cp(`${key}.pub`, join(identities, 'id_ed25519.pub'));
      }
      const [first] = homes;
      assert.ok(first);
      await authorize(home, first.file('id_ed25519'));
      const port = await freePort(address);
      const base = `SetEnv SHLVL=5 HOME=${home.path} STACKPREP_BASE=${home.file('node')}`;
      nodes.push(await startSshd({ home, settings: [`ListenAddress ${address}:${port}`, base] }));
      logins.push(`root@${address}:${port}`);
    }

    const workbench = await ui.open({});
    const started = Date.now();
    await workbench.show('Stackprep');
    const { page } = workbench;
    await page.locator('.part.sidebar').getByRole('button', { name: 'Create Cluster File' }).click();
    await workbench.answer(logins.join(' '));
    await workbench.pick('epoxy', 'Epoxy');
    await workbench.pick('', 'Manually');
    await workbench.lens('Check').waitFor();
    await workbench.screenshot('first-run-file');
    await workbench.lens('Check').click();
    for (const _ of logins) {
      await workbench.waitForText('dialog', 'SHA256:');
      await workbench.dialog('Trust and Save');
    }
    await workbench.waitForText('notifications', 'Check of lab finished', 240_000);
    report('own cluster file, checked on two real sshd', 7, started);
    await workbench.screenshot('first-run-checked');
  });
});

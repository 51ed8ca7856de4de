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

/** Starts the demo; returns the folder with its cluster file and key; the file names the key. */
async function demoFolder(workbench: Workbench): Promise<string> {
  await workbench.show('Stackprep');
  await workbench.command('stackprep.startDemo');
  await workbench.waitForText('notifications', '시뮬레이션');
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
  command: 'check' | 'run' = 'check',
): Promise<void> {
  const text = await readFile(join(folder, 'demo.cluster.yaml'), 'utf8');
  const two = text.replace(/^ {2}openstack[34]:.*\n/gm, '').replace('cluster: demo', 'cluster: two');
  await writeFile(join(workbench.workspace, 'two.cluster.yaml'), change(two));
  await workbench.waitForText('sidebar', 'two');
  await workbench.openFile('two.cluster.yaml');
  await workbench.command(`stackprep.${command}`);
}

describe('A question about a node', () => {
  const ui = provideUi({ settings: { 'stackprep.demo.pace': 'fast' } });

  it('names node, address, key type and fingerprint of an unknown host key', async () => {
    const workbench = await ui.open({ language: 'ko' });
    const folder = await demoFolder(workbench);
    // The demo's known_hosts has the nodes by address: under another name of the same computer they are unknown.
    await openLike(workbench, folder, (text) =>
      text.replaceAll('host: 127.0.0.1', 'host: localhost').replace('release: stein', 'release: epoxy'),
    );
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.screenshot('host-key');
    // The focused button copies the fingerprint; the question stays, and nothing is trusted.
    await workbench.page.locator('.monaco-dialog-box .monaco-button:focus').getByText('지문 복사').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.dialog('신뢰하고 저장');
    await workbench.waitForText('dialog', 'SHA256:');
    await workbench.dialog('이번만 신뢰');
    await workbench.waitForText('notifications', 'two 점검 완료: ');
    // What the nodes report against the file: CentOS 7 does not have this release.
    await workbench.palette('Problems: Focus on Problems View');
    await workbench.waitForText('problems', 'CentOS');
    await workbench.screenshot('live-findings');
  });

  it('names the key file of a passphrase, asks once for all nodes, and again after a wrong answer', async () => {
    const workbench = await ui.open({ language: 'ko' });
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
    await input.getByText('올바르지 않습니다').first().waitFor();
    await workbench.answer('open sesame');
    await workbench.waitForText('notifications', 'two 점검 완료: ');
  });

  it('asks for the sudo password once for all nodes, remembers it on request, and forgets it again', async function () {
    if (opensshMissing() !== undefined) this.skip();
    const home = await makeHome();
    const identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    const sshd = await startSshd({ home, settings: [await fakeSudo(home, { password: 'open sesame' })] });
    try {
      const workbench = await ui.open({ language: 'ko' });
      const page = workbench.page;
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
      // One sshd serves both nodes: its key is one question.
      await workbench.waitForText('dialog', 'SHA256:');
      await workbench.dialog('신뢰하고 저장');
      const input = workbench.page.locator('.quick-input-widget:visible');
      await input.getByText('openstack1, openstack2에서 사용할').first().waitFor();
      await workbench.screenshot('sudo-password');
      // A wrong password is asked again, without the question whether to keep it; each node tries one.
      await workbench.answer('wrong');
      await input.getByText('올바르지 않습니다').first().waitFor();
      await workbench.answer('wrong again');
      const again = page.locator('.notification-toast').getByRole('button', { name: '다시 시도' });
      await again.first().waitFor();
      await workbench.waitForText('notifications', 'openstack2');
      await workbench.screenshot('sudo-refused');
      await again.first().click();
      await input.getByText('올바르지 않습니다').first().waitFor();
      await workbench.answer('open sesame');
      await input.getByText('저장').first().waitFor();
      await workbench.screenshot('remember');
      await workbench.answer('저장');
      await workbench.waitForText('notifications', 'sudoers 점검 완료: ');
      await workbench.command('stackprep.forgetSecrets');
      await input.getByText('root의 sudo 암호').first().waitFor();
      await workbench.screenshot('forget-secrets');
      await workbench.answer('');
      await workbench.waitForText('notifications', '지운 시크릿: 1개');
    } finally {
      await sshd.stop();
      await home.remove();
    }
  });

  it('asks for a missing secret of a run, refuses the run without it, and stores the secret', async () => {
    const workbench = await ui.open({ language: 'ko' });
    const folder = await demoFolder(workbench);
    const rabbitmq = [
      'services:',
      '  rabbitmq: { on: controller, user: openstack, password: { secret: rabbitmq } }',
      'steps:',
      '  - rabbitmq',
      '',
    ];
    const change = (text: string) => text.replace(/^services:[\s\S]*/m, rabbitmq.join('\n'));
    await openLike(workbench, folder, change, 'run');
    await workbench.dialog('실행');
    const input = workbench.page.locator('.quick-input-widget:visible');
    await input.getByText('two.cluster.yaml의 시크릿 rabbitmq').first().waitFor();
    await workbench.screenshot('secret-asked');
    await workbench.page.keyboard.press('Escape');
    const button = workbench.page
      .locator('.notification-toast')
      .getByRole('button', { name: '시크릿 설정…' });
    await button.first().waitFor();
    await workbench.waitForText('notifications', '시크릿 `rabbitmq`');
    await workbench.screenshot('secret-missing');
    await button.first().click();
    await input.getByText('two.cluster.yaml의 시크릿 rabbitmq').first().waitFor();
    await workbench.answer('open sesame');
    await input.getByText('VS Code를 닫을 때까지').first().waitFor();
    await workbench.screenshot('secret-remember');
    await workbench.page.keyboard.press('Enter');
    await workbench.command('stackprep.run');
    await workbench.dialog('실행');
    await workbench.waitForText('notifications', 'two 실행 완료');
    await workbench.screenshot('secret-run');
  });
});

describe('A rebuilt node', () => {
  const ui = provideUi({
    settings: { 'stackprep.demo.pace': 'fast', 'stackprep.demo.scenarios': ['host-key-changed'] },
  });

  it('gets its host key replaced after the user has seen both fingerprints', async () => {
    const workbench = await ui.open({ language: 'ko' });
    await demoFolder(workbench);
    await workbench.command('stackprep.check');
    const button = workbench.page
      .locator('.notification-toast')
      .getByRole('button', { name: '호스트 키 바꾸기…' });
    await button.first().click();
    await workbench.waitForText('dialog', '새 키(ssh-ed25519):');
    await workbench.screenshot('replace-host-key');
    const fingerprint =
      /새 키\(ssh-ed25519\):\s+(SHA256:\S+)/.exec(await workbench.text('dialog'))?.[1] ?? '';
    await workbench.page.locator('.monaco-dialog-box .monaco-button:focus').getByText('지문 복사').waitFor();
    await workbench.dialog('호스트 키 바꾸기…');
    const input = workbench.page.locator('.quick-input-widget:visible');
    await input.getByText('마지막 4자').first().waitFor();
    await input.locator('input').first().fill('0000');
    await input.getByText('새 키의 문자와 다릅니다').first().waitFor();
    await workbench.screenshot('replace-host-key-compare');
    await workbench.answer(fingerprint.slice(-4));
    await workbench.waitForText('notifications', '호스트 키를 바꿨습니다');
  });
});

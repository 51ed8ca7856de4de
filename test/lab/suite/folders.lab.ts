import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RunKind } from '../../../src/base/states.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabEngine, startEngine } from './lab-engine.ts';

const secretText = 'for root only\n';

describe("A login user who replaces files with links to root's files", () => {
  let lab: Lab;
  let engine: LabEngine;

  const must = async (line: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.inside('openstack1', ['sh', '-c', line]);
    assert.equal(code, 0, `${line}: ${stderr}`);
    return stdout;
  };
  const operate = async (kind: RunKind) => {
    const now = await engine.operate(kind);
    const step = now.nodes.openstack1?.steps['ssh-keys'];
    return {
      outcome: step?.outcome,
      codes: [...(step?.reasons ?? []), ...(step?.notices ?? [])].map(({ code, args }) =>
        [code, ...args].join(' '),
      ),
    };
  };
  const assertUnchanged = async () =>
    assert.equal(
      await must(
        'cat /srv/closed/authorized_keys; stat -c "%a %U" /srv/closed /srv/closed/authorized_keys; ls -A /srv/closed',
      ),
      `${secretText}700 root\n600 root\nauthorized_keys\n`,
    );

  before(async () => {
    lab = await upLab({ nodes: 1, system: 'el7' });
    const key = readFileSync(`${lab.identity}.pub`, 'utf8').trim();
    // The user logs in with keys outside its home directory, so its changes there cannot break the login.
    await must(`set -e
useradd -m -s /bin/bash deploy
install -d /etc/ssh/keys && echo '${key}' >/etc/ssh/keys/deploy
sed -i 's,^AuthorizedKeysFile.*,AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/keys/%u,' /etc/ssh/sshd_config
systemctl reload sshd
echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/deploy
install -d -m 700 /srv/closed && printf '${secretText.trim()}\\n' >/srv/closed/authorized_keys && chmod 600 /srv/closed/authorized_keys`);
    engine = startEngine(
      lab,
      clusterOf(`cluster: folders
ssh: { user: deploy, become: sudo, identity: ${lab.identity} }
nodes: { openstack1: { address: ${lab.node('openstack1').address}, roles: [controller] } }
steps: [ssh-keys]
`),
    );
  });
  after(async () => {
    await engine?.close();
    await lab?.down();
  });

  it('gets the key in its own .ssh folder, and undo removes it', async () => {
    assert.equal((await operate('run')).outcome, 'changed');
    assert.equal(
      await must('cd /home/deploy/.ssh && stat -c "%a %U %n" . authorized_keys && ls -A'),
      '700 deploy .\n600 deploy authorized_keys\nauthorized_keys\n',
    );
    assert.equal((await operate('run')).outcome, 'unchanged');
    assert.equal((await operate('undo')).outcome, 'changed');
    assert.equal(await must('ls -A /home/deploy/.ssh'), '');
  });

  it("gains no access to root's file if its .ssh folder is a link", async () => {
    await must('rmdir /home/deploy/.ssh && su deploy -c "ln -s /srv/closed ~/.ssh"');
    const { outcome, codes } = await operate('run');
    assert.equal(outcome, 'failed');
    assert.ok(codes.includes('path-is-link /home/deploy/.ssh deploy'), codes.join('\n'));
    await assertUnchanged();
  });

  it("cannot make undo write into root's folder", async () => {
    await must('su deploy -c "rm ~/.ssh"');
    assert.equal((await operate('run')).outcome, 'changed');
    await must('su deploy -c "rm -r ~/.ssh && ln -s /srv/closed ~/.ssh"');
    const { outcome, codes } = await operate('undo');
    assert.equal(outcome, 'failed');
    assert.ok(codes.includes('path-is-link /home/deploy/.ssh deploy'), codes.join('\n'));
    await assertUnchanged();
  });

  it('cannot block a check with a named pipe', async () => {
    await must('su deploy -c "rm ~/.ssh; mkdir ~/.ssh; mkfifo ~/.ssh/authorized_keys"');
    const { codes } = await operate('check');
    assert.deepEqual(codes, ['path-not-file /home/deploy/.ssh/authorized_keys']);
  });
});

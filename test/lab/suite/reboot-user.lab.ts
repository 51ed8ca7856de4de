import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAwaySync } from '../../support/clear-away.ts';
import { commandLine } from '../command-line.ts';
import { type Lab, upLab } from '../lab.ts';
import { inNode } from '../recovery/test-engine.ts';

/** A node that boots lets only root in at first: the service that lets others in starts late, as with a slow directory service. */
const slowSessions = `mkdir -p /etc/systemd/system/systemd-user-sessions.service.d
cat >/etc/systemd/system/systemd-user-sessions.service.d/slow.conf <<'X'
[Service]
ExecStartPre=/bin/sh -c 'until journalctl -b -q _COMM=sshd | grep -q "Access denied.*PAM account"; do sleep 0.2; done; sleep 3'
TimeoutStartSec=120
X
cat >/etc/tmpfiles.d/booting.conf <<'X'
F! /run/nologin 0644 - - - "System is booting up. Unprivileged users are not permitted to log in yet."
X
systemctl daemon-reload`;

describe('A user with sudo on a node that reboots', () => {
  let lab: Lab;
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-reboot-'));

  before(async () => {
    lab = await upLab({ nodes: 1, system: 'el9' });
    await inNode(
      lab,
      'openstack1',
      `useradd -m -s /bin/bash deploy && install -d -o deploy -m 700 ~deploy/.ssh &&
install -o deploy -m 600 /root/.ssh/authorized_keys ~deploy/.ssh/authorized_keys &&
echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/deploy && grep -q pam_nologin /etc/pam.d/sshd
${slowSessions}`,
    );
  });
  after(async () => {
    await lab?.down();
    clearAwaySync(folder);
  });

  it('is let in again after pam_nologin has refused it, and the run continues', async () => {
    const bootId = () => inNode(lab, 'openstack1', 'cat /proc/sys/kernel/random/boot_id');
    const before = await bootId();
    const own = { name: 'after', check: 'test -e /root/after', run: 'id -un >/root/after' };
    const file = join(folder, 'reboot.cluster.yaml');
    writeFileSync(
      file,
      `cluster: reboot
ssh: { user: deploy, become: sudo, identity: ${lab.identity} }
nodes:
  openstack1: { address: ${lab.node('openstack1').address} }
steps:
  - upgrade
  - ${JSON.stringify(own)}
`,
    );
    const state = ['--state-dir', join(folder, 'state'), '--known-hosts', lab.knownHosts];
    const line = commandLine(folder, ['run', file, '--yes', '--reboot', ...state]);
    assert.equal(await line.ended, 0, line.output());
    assert.notEqual(await bootId(), before);
    assert.equal(await inNode(lab, 'openstack1', 'cat /root/after'), 'root\n');
    // Both are in the log of this boot: refused at first, and accepted then.
    const log = await inNode(lab, 'openstack1', 'journalctl -b -q _COMM=sshd --no-pager');
    assert.match(log, /Access denied for user deploy by PAM account/);
    assert.match(log, /Access denied[\s\S]*Accepted publickey for deploy/);
    assert.match(line.output(), /2 done/);
  });
});

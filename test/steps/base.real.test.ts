import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

function base(selinux: string) {
  return clusterOf(`cluster: base
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
system: { timezone: Asia/Seoul, selinux: ${selinux} }
steps: [hostname, timezone, selinux]
`);
}

for (const shell of nodeShells) {
  describe(`The base steps under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell);
    });
    afterEach(() => folder?.remove());

    it('set the hostname, and restore the previous one', () => {
      const cluster = base('permissive');
      folder.put('/etc/hostname', 'localhost.localdomain\n');
      folder.program('uname', 'case $1 in -n) cat $ROOT/etc/hostname;; *) echo x;; esac');
      folder.program('hostnamectl', 'echo "$2" >$ROOT/etc/hostname');
      assert.deepEqual(folder.probe(cluster, 'hostname').reasons, ['hostname-differs', 'file-differs']);
      assert.equal(folder.run(cluster, 'hostname').outcome, 'changed');
      assert.equal(folder.read('/etc/hostname'), 'openstack1\n');
      assert.equal(folder.run(cluster, 'hostname').outcome, 'unchanged');
      assert.equal(folder.body(cluster, 'hostname', 'revert'), 0);
      assert.equal(folder.read('/etc/hostname'), 'localhost.localdomain\n');
    });

    it('set the timezone by its link, refuse an unknown zone, and restore the link', () => {
      const cluster = base('permissive');
      folder.program('timedatectl', 'ln -sfn "$ROOT/usr/share/zoneinfo/$2" "$ROOT/etc/localtime"');
      assert.deepEqual(folder.probe(cluster, 'timezone').reasons, ['timezone-unknown']);
      for (const zone of ['Asia/Seoul', 'UTC']) folder.put(`/usr/share/zoneinfo/${zone}`, zone);
      symlinkSync('../usr/share/zoneinfo/UTC', join(folder.root, 'etc/localtime'));
      assert.equal(folder.run(cluster, 'timezone').outcome, 'changed');
      assert.equal(folder.read('/etc/localtime'), 'Asia/Seoul');
      assert.equal(folder.probe(cluster, 'timezone').state, 'done');
      assert.equal(folder.body(cluster, 'timezone', 'revert'), 0);
      assert.equal(folder.read('/etc/localtime'), 'UTC');
    });

    const setMode = (mode: string, file = mode.toLowerCase()) => {
      folder.put('/etc/selinux/config', `# comment\nSELINUX=${file}\nSELINUXTYPE=targeted\n`);
      folder.put('/proc/cmdline', 'ro quiet');
      folder.put('/mode', mode);
      folder.program('getenforce', 'cat $ROOT/mode');
      folder.program(
        'setenforce',
        '[ "$(cat $ROOT/mode)" != Disabled ] || exit 1; case $1 in 0) echo Permissive;; 1) echo Enforcing;; esac >$ROOT/mode',
      );
    };
    const modeNow = () => (folder.read('/mode') ?? '').trim();

    it('set SELinux from enforcing to permissive at once, and revert it', () => {
      const cluster = base('permissive');
      setMode('Enforcing');
      assert.deepEqual(folder.probe(cluster, 'selinux').reasons, ['setting-missing', 'selinux-mode-differs']);
      const { outcome, notices } = folder.run(cluster, 'selinux');
      assert.deepEqual({ outcome, notices }, { outcome: 'changed', notices: [] });
      assert.equal(modeNow(), 'Permissive');
      assert.match(folder.read('/etc/selinux/config') ?? '', /^SELINUX=permissive$/m);
      assert.match(folder.read('/etc/selinux/config') ?? '', /^SELINUXTYPE=targeted$/m);
      assert.equal(folder.body(cluster, 'selinux', 'revert'), 0);
      assert.equal(modeNow(), 'Enforcing');
      assert.match(folder.read('/etc/selinux/config') ?? '', /^SELINUX=enforcing$/m);
    });

    it('report that SELinux needs a reboot with a relabel from disabled to permissive', () => {
      const cluster = base('permissive');
      setMode('Disabled');
      assert.deepEqual(folder.probe(cluster, 'selinux').reasons, ['setting-missing', 'selinux-relabel']);
      const { outcome, notices } = folder.run(cluster, 'selinux');
      assert.deepEqual({ outcome, notices }, { outcome: 'changed', notices: ['selinux-relabel-at-reboot'] });
      assert.equal(folder.read('/.autorelabel'), '');
      assert.equal(folder.body(cluster, 'selinux', 'revert'), 0);
      assert.equal(folder.read('/.autorelabel'), undefined);
    });

    it('never make SELinux enforcing on a disk without labels or with SELinux off in the kernel', () => {
      setMode('Disabled');
      const result = folder.run(base('enforcing'), 'selinux');
      assert.deepEqual(result.reasons, ['selinux-relabel-first']);
      assert.equal(result.outcome, 'failed');
      assert.match(folder.read('/etc/selinux/config') ?? '', /^SELINUX=disabled$/m);
      folder.put('/proc/cmdline', 'ro selinux=0 quiet');
      assert.deepEqual(folder.probe(base('permissive'), 'selinux').reasons, ['selinux-off-in-kernel']);
    });

    it('make SELinux permissive until the reboot that disables it', () => {
      setMode('Enforcing');
      const { outcome, notices } = folder.run(base('disabled'), 'selinux');
      assert.deepEqual({ outcome, notices }, { outcome: 'changed', notices: ['selinux-disabled-at-reboot'] });
      assert.equal(modeNow(), 'Permissive');
      assert.equal(folder.probe(base('disabled'), 'selinux').state, 'done');
    });
  });
}

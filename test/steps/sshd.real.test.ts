import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';
import { opensshMissing } from '../support/sshd.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMine me@desk';

function wanted(settings: string, more = ''): Cluster {
  return {
    ...clusterOf(`cluster: gates
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
ssh: { user: root, identity: ~/.ssh/id_ed25519 }
sshd: { ${settings} }
${more}steps: [sshd]
`),
    inputs: { publicKeys: { '~/.ssh/id_ed25519': key }, nodeKeys: {} },
  };
}

/** The real sshd for the folder's files: includes are inlined and a host key is named, as both are absolute paths. */
const realSshd = `config=$ROOT/etc/ssh/sshd_config; last=
for word; do if [ "$last" = -f ]; then config=$word; fi; last=$word; done
flat=$(mktemp)
{ echo "HostKey $ROOT/hostkey"; while IFS= read -r line; do case $line in Include*) cat "$ROOT"/etc/ssh/sshd_config.d/*.conf 2>/dev/null;; *) printf '%s\\n' "$line";; esac; done <"$config"; } >"$flat"
mode=$1; shift
if [ "$1" = -C ]; then set -- -C "$2"; else set --; fi
/usr/sbin/sshd "$mode" "$@" -f "$flat"; code=$?
rm -f "$flat"; exit $code`;

for (const shell of nodeShells) {
  describe(`The step sshd under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell) || opensshMissing() !== undefined) this.skip();
      mkdirSync('/run/sshd', { recursive: true });
      folder = new NodeFolder(shell);
      spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder.root, 'hostkey')]);
      folder.program('sshd', realSshd);
      folder.program('getent', 'echo "$2:x:0:0::$ROOT/root:/bin/sh"');
      folder.unit('sshd', 'enabled active');
    });
    afterEach(() => folder?.remove());

    const el8 =
      '#Port 22\nPermitRootLogin yes\nPasswordAuthentication yes\nUseDNS yes\nMatch User git\n  X11Forwarding no\n';
    const el9 = 'Include /etc/ssh/sshd_config.d/*.conf\n#Port 22\nPermitRootLogin yes\n';
    const config = () => folder.read('/etc/ssh/sshd_config') ?? '';

    it('puts a marked block at the top if there are no drop-ins, and finds it unchanged', () => {
      const cluster = wanted('PermitRootLogin: prohibit-password, UseDNS: "no", LoginGraceTime: 2m');
      folder.put('/etc/ssh/sshd_config', el8, 0o600);
      assert.deepEqual(folder.probe(cluster, 'sshd').reasons, ['sshd-setting', 'sshd-setting']);
      assert.equal(folder.run(cluster, 'sshd').outcome, 'changed');
      assert.equal(
        config(),
        `# BEGIN stackprep\nPermitRootLogin prohibit-password\nUseDNS no\nLoginGraceTime 2m\n# END stackprep\n${el8}`,
      );
      assert.deepEqual(folder.calls(), ['systemctl reload sshd']);
      assert.equal(folder.run(cluster, 'sshd').outcome, 'unchanged');
      assert.equal(folder.body(cluster, 'sshd', 'rollback'), 0);
      assert.equal(config(), el8);
    });

    it('writes a drop-in that precedes the others, and removes it on undo', () => {
      const cluster = wanted('PermitRootLogin: prohibit-password');
      folder.put('/etc/ssh/sshd_config', el9, 0o600);
      folder.put('/etc/ssh/sshd_config.d/01-permitrootlogin.conf', 'PermitRootLogin yes\n', 0o600);
      assert.equal(folder.run(cluster, 'sshd').outcome, 'changed');
      assert.equal(
        folder.read('/etc/ssh/sshd_config.d/00-stackprep.conf'),
        '# Written by Stackprep.\nPermitRootLogin prohibit-password\n',
      );
      assert.equal(config(), el9);
      assert.equal(folder.body(cluster, 'sshd', 'revert'), 0);
      assert.equal(folder.read('/etc/ssh/sshd_config.d/00-stackprep.conf'), undefined);
    });

    it('detects a Match block that overrides a setting for this login', () => {
      folder.put('/etc/ssh/sshd_config', 'X11Forwarding no\nMatch User root\n  X11Forwarding yes\n', 0o600);
      const result = folder.probe(wanted('X11Forwarding: "no"'), 'sshd');
      assert.deepEqual(result.reasons, ['sshd-setting']);
    });

    it('keeps the port of the connection next to a new one, and closes it once the cluster file uses the new one', () => {
      folder.put('/etc/ssh/sshd_config', `Port 22\n${el8}`, 0o600);
      const both = folder.run(wanted('Port: 2222'), 'sshd');
      assert.deepEqual([both.outcome, both.notices], ['changed', ['sshd-both-ports']]);
      assert.match(
        config(),
        /^# BEGIN stackprep\nPort 2222\nPort 22\n# END stackprep\n# before stackprep: Port 22\n/,
      );
      const moved = wanted('Port: 2222');
      const cluster = {
        ...moved,
        nodes: moved.nodes.map((node) => ({ ...node, ssh: { ...node.ssh, port: 2222 } })),
      };
      assert.equal(folder.run(cluster, 'sshd').outcome, 'changed');
      assert.match(config(), /^# BEGIN stackprep\nPort 2222\n# END stackprep\n/);
    });

    it('refuses to disable passwords before the key is installed', () => {
      const cluster = wanted('PasswordAuthentication: "no"');
      folder.put('/etc/ssh/sshd_config', el8, 0o600);
      folder.put('/root/.ssh/authorized_keys', 'ssh-ed25519 AAAAother\n', 0o600);
      assert.deepEqual(folder.run(cluster, 'sshd').reasons, ['sshd-setting', 'sshd-key-missing']);
      assert.equal(config(), el8);
      folder.put('/root/.ssh/authorized_keys', `ssh-ed25519 AAAAother\n${key}\n`, 0o600);
      assert.equal(folder.run(cluster, 'sshd').outcome, 'changed');
    });

    it('does not change a node whose sshd does not support a setting or has an invalid file', () => {
      folder.put('/etc/ssh/sshd_config', `${el8}Nonsense yes\n`, 0o600);
      assert.deepEqual(folder.run(wanted('UseDNS: "no"'), 'sshd').reasons, ['sshd-config-broken']);
      folder.put('/etc/ssh/sshd_config', el8, 0o600);
      folder.program(
        'sshd',
        `case "$*" in *-f*) echo "Bad configuration option: UseDNS" >&2; exit 255;; esac\n${realSshd}`,
      );
      assert.deepEqual(folder.run(wanted('UseDNS: "no"'), 'sshd').reasons, ['sshd-setting-refused']);
    });

    it('reports what Packstack requires', () => {
      folder.put('/etc/ssh/sshd_config', el8, 0o600);
      const cluster = wanted('UseDNS: "no"', 'openstack: { release: stein, installer: packstack }\n');
      assert.deepEqual(folder.run(cluster, 'sshd').notices, ['packstack-needs-root']);
    });
  });
}

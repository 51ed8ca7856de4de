import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const plain = clusterOf(`cluster: time
openstack: { release: train }
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute] }
services: { chrony: { servers: [10.9.9.1], allow: 192.168.113.0/24 } }
steps: [chrony]
`);
/** The cluster with other values, even ones that validation would refuse. */
const clusterWith = (servers: readonly string[], allow = '192.168.113.0/24'): Cluster => ({
  ...plain,
  services: { ...plain.services, chrony: { on: 'controller', servers, allow } },
});
const before = '# own\nserver 0.centos.pool.ntp.org iburst\ndriftfile /var/lib/chrony/drift\n';

for (const shell of nodeShells) {
  describe(`The step chrony under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell, 'el7');
      folder.put('/etc/chrony.conf', before);
      folder.unit('chronyd', 'enabled active');
      folder.program('getent', '[ "$2" = desk.example.com ]');
      folder.program('rpm', 'exit 0');
      folder.program('yum', 'exit 0');
      folder.program('chronyc', `printf '^* %s 2 6 377 1 +1us\\n' 10.9.9.1 fd00::1 0.pool.ntp.org`);
    });
    afterEach(() => folder?.remove());
    const conf = () => folder.read('/etc/chrony.conf');

    for (const [servers, allow] of [
      [['10.9.9.1'], '192.168.113.0/24'],
      [['0.pool.ntp.org', 'ntp-1.example.com.', 'fd00::1'], 'fd00::/64'],
      [['ntp_old.example.com', 'fd00::1%eth0'], '192.168'],
      [['time'], 'all'],
      [['time'], 'desk.example.com'],
    ] as const)
      it(`writes the servers ${servers.join(', ')} and allow ${allow} so that chronyd accepts them`, () => {
        const result = folder.run(clusterWith(servers, allow), 'chrony');
        assert.ok(
          result.outcome === 'changed' || result.reasons.every((code) => code === 'chrony-without-source'),
          result.log,
        );
        assert.equal(
          conf(),
          `${before.replace('server', '#server')}# BEGIN stackprep\n${servers.map((server) => `server ${server} iburst\n`).join('')}allow ${allow}\n# END stackprep\n`,
        );
        if (!hasProgram('chronyd') || allow === 'desk.example.com') return;
        const read = spawnSync('chronyd', ['-p', '-f', join(folder.root, 'etc/chrony.conf')], {
          encoding: 'utf8',
        });
        assert.equal(read.status, 0, read.stderr);
      });

    for (const marked of ['epel/x86_64', '!epel/x86_64', '*epel/x86_64', '*!epel/x86_64'])
      it(`installs chrony without EPEL if yum 3 lists it as ${marked}`, () => {
        folder.program('rpm', '[ -e "$ROOT/installed" ]');
        folder.program(
          'yum',
          `case "$*" in *repolist*) echo 'repo id repo name status'; echo '${marked} EPEL 13,000';; *install*) echo "yum $*" >>"$ROOT/calls"; : >"$ROOT/installed";; esac`,
        );
        folder.run(clusterWith(['10.9.9.1']), 'chrony');
        assert.equal(folder.calls()[0], 'yum -y --disablerepo=epel* install chrony');
      });

    for (const server of [
      'pool 2.centos.pool.ntp.org iburst',
      'ntp.example.com iburst',
      'ntp.example.com\nallow all',
      'ntp.example.com\rcmdallow all',
      'ntp.example.com # first',
      '!ntp',
      '-ntp',
      '',
      ' ',
      'a'.repeat(300),
      'ntp\u0000.example.com',
      'fd00::1%eth0 key 1',
      'ntp;id',
      '시간',
    ])
      it(`refuses the server ${JSON.stringify(server.slice(0, 40))} and leaves chrony.conf unchanged`, () => {
        const result = folder.run(clusterWith(['10.9.9.1', server]), 'chrony');
        assert.deepEqual([result.outcome, result.reasons], ['failed', ['chrony-value-refused']], result.log);
        assert.equal(conf(), before);
        assert.deepEqual(folder.calls(), []);
      });

    for (const allow of [
      '10.0.0.0/24\nserver evil',
      'all # everybody',
      '10.0.0.0/99',
      '10.0.0.0/24 10.0.1.0/24',
      '300.1.2.3',
      '1.2.3.4.5',
      'fd00::1%eth0',
      'no-such-name.invalid',
      '',
    ])
      it(`refuses to allow ${JSON.stringify(allow)} and leaves chrony.conf unchanged`, () => {
        const result = folder.run(clusterWith(['10.9.9.1'], allow), 'chrony');
        assert.deepEqual([result.outcome, result.reasons], ['failed', ['chrony-value-refused']], result.log);
        assert.equal(conf(), before);
      });
  });
}

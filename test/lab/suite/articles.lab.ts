import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/from-the-articles.md'), 'utf8');
const [, file = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(page) ?? [];
const names = ['openstack1', 'openstack2', 'openstack3', 'openstack4'] as const;

describe('The four nodes of the articles on real EL7 nodes', () => {
  let lab: Lab;
  let engine: LabEngine;
  let steps: readonly string[] = [];
  const seen = async (node: string, command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
    return stdout;
  };

  before(async () => {
    lab = await upLab({ nodes: 4, system: 'el7' });
    // The file of the page, with the addresses and the key of the lab, and its time server.
    const here = names.reduce(
      (text, name) => text.replace(/address: 192\.168\.113\.17\d/, `address: ${lab.node(name).address}`),
      file,
    );
    const cluster = clusterOf(
      here
        .replaceAll('192.168.113.0/24', '198.18.88.0/24')
        .replace('~/.ssh/id_ed25519', lab.identity)
        .replace('0.pool.ntp.org', '198.18.88.1'),
    );
    steps = cluster.steps.map(({ id }) => id);
    engine = startEngine(lab, cluster, { secrets: { rabbitmq: 'open sesame' } });
  });
  after(async () => {
    await engine?.close();
    await lab?.down();
  });

  for (const expected of ['changed', 'unchanged'])
    it(`are prepared by every step of the page (${expected})`, async () => {
      const now = await engine.operate('run');
      for (const name of names) {
        const outcomes = stepValues(now, name, 'outcome');
        const reasons = JSON.stringify(stepValues(now, name, 'reasons'), null, 1);
        // Some steps find what they want in the image of the lab.
        for (const [step, outcome] of Object.entries(outcomes))
          assert.ok(
            outcome === expected || outcome === 'unchanged',
            `${name} ${step} ${outcome}: ${reasons}`,
          );
        assert.ok(Object.keys(outcomes).length >= steps.length - 5, reasons);
      }
    });

  it('have what the articles install and set by hand', async () => {
    for (const name of names) {
      await seen(name, 'rpm -q centos-release-openstack-stein python2-openstackclient openstack-selinux');
      for (const other of names) await seen(name, `getent hosts ${other}`);
      assert.match(await seen(name, 'cat /etc/locale.conf'), /^LANG="?en_US\.UTF-8"?$/im);
      assert.match(await seen(name, 'readlink /etc/localtime'), /Asia\/Seoul$/m);
      assert.match(await seen(name, 'sshd -T'), /^usedns no$/m);
    }
    for (const service of ['mariadb', 'rabbitmq-server', 'memcached', 'etcd'])
      await seen('openstack1', `systemctl is-active ${service}`);
  });
});

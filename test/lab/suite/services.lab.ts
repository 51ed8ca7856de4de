import assert from 'node:assert/strict';
import type { Cluster } from '../../../src/core/cluster/model.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { lookNames, looks } from '../looks.ts';
import { type Operating, operating, told } from './operating.ts';
import { serviceProofs } from './service-proofs.ts';

const steps = ['hosts-file', 'repositories', ...serviceProofs.map(({ step }) => step)];

function clusterText(lab: Lab): string {
  const roles = ['[controller, store]', '[compute, store]', '[compute, store]', '[storage]'];
  const rows = lab.nodes.map(
    ({ name, address }, index) => `  ${name}: { address: ${address}, roles: ${roles[index]} }`,
  );
  return `cluster: lab
openstack: { release: ${looks[lab.look].openstack} }
ssh: { user: root, identity: ${lab.identity} }
nodes:
${rows.join('\n')}
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
services:
  mariadb: { on: controller, bind-address: management, max-connections: 4096 }
  chrony: { servers: [198.18.88.1], allow: 198.18.88.0/24 }
  memcached: { on: controller }
  etcd: { on: store }
steps: [${steps.join(', ')}]
`;
}

for (const look of lookNames) {
  describe(`the services on real nodes that look like ${look}`, () => {
    let lab: Lab;
    let work: Operating;
    let cluster: Cluster;
    const nodesOf = (step: string) => cluster.steps.find(({ id }) => id === step)?.nodes ?? [];
    const expected = <Value>(node: string, value: Value) =>
      Object.fromEntries(steps.filter((step) => nodesOf(step).includes(node)).map((step) => [step, value]));

    before(async () => {
      lab = await upLab({ nodes: 4, look });
      cluster = clusterOf(clusterText(lab));
      work = operating(lab, cluster);
    });

    after(async () => {
      await work?.close();
      await lab?.down();
    });

    it('go to the nodes that they belong to, and are needed there', async () => {
      const now = await work.operate('check');
      assert.deepEqual(nodesOf('etcd'), ['openstack1', 'openstack2', 'openstack3']);
      assert.deepEqual(nodesOf('mariadb'), ['openstack1']);
      for (const { name } of cluster.nodes)
        assert.deepEqual(told(now, name, 'state'), expected(name, 'needed'), name);
    });

    it('are set up by one run', async () => {
      const now = await work.operate('run');
      for (const { name } of cluster.nodes)
        assert.deepEqual(
          told(now, name, 'outcome'),
          expected(name, 'changed'),
          JSON.stringify(told(now, name, 'reasons'), null, 1),
        );
    });

    for (const { step, seen } of serviceProofs) {
      it(`${step} answers whoever talks to it`, async () => {
        for (const node of nodesOf(step)) {
          await seen(async (command) => {
            const { code, stdout, stderr } = await lab.ssh(node, command);
            assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
            return stdout;
          }, node);
        }
      });
    }

    it('change nothing when they are run again', async () => {
      const now = await work.operate('run');
      for (const { name } of cluster.nodes)
        assert.deepEqual(
          told(now, name, 'outcome'),
          expected(name, 'unchanged'),
          JSON.stringify(told(now, name, 'reasons'), null, 1),
        );
    });

    it('are found drifted when a hand spoils them, and mended by the next run', async () => {
      const nodes = ['openstack1'];
      const ids = serviceProofs.map(({ step }) => step);
      for (const { step, spoil } of serviceProofs) {
        const { code, stderr } = await lab.ssh('openstack1', spoil);
        assert.equal(code, 0, `${step}: ${stderr}`);
      }
      const all = (value: string) => Object.fromEntries(ids.map((id) => [id, value]));
      const found = await work.operate('check', { nodes, steps: ids });
      assert.deepEqual(told(found, 'openstack1', 'state'), all('drifted'));
      const mended = await work.operate('run', { nodes, steps: ids });
      assert.deepEqual(
        told(mended, 'openstack1', 'outcome'),
        all('changed'),
        JSON.stringify(told(mended, 'openstack1', 'reasons')),
      );
    });
  });
}

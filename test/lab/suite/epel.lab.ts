import assert from 'node:assert/strict';
import type { RunKind } from '../../../src/base/states.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabEngine, startEngine } from './lab-engine.ts';

describe('EPEL next to RDO on a real EL7 node', () => {
  let lab: Lab;
  let engine: LabEngine;
  const node = 'openstack1';
  const seen = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${command}: ${stdout}${stderr}`);
    return stdout;
  };
  const operate = async (kind: RunKind) => {
    const step = (await engine.operate(kind)).nodes[node]?.steps.repositories;
    return { outcome: step?.outcome, state: step?.state, reasons: step?.reasons.map(({ code }) => code) };
  };

  before(async () => {
    lab = await upLab({ nodes: 1, system: 'el7' });
    engine = startEngine(
      lab,
      clusterOf(`cluster: epel
openstack: { release: train }
ssh: { user: root, identity: ${lab.identity} }
nodes: { ${node}: { address: ${lab.node(node).address}, roles: [controller] } }
repositories: { epel: enabled }
steps: [repositories]
`),
    );
    // EPEL as a user has set it up, restricted in a way that is sufficient for dnf.
    await seen(
      `yum -y install epel-release && sed -i '/^\\[epel\\]/a priority=100\\nexclude=ceph*\\n nginx*' /etc/yum.repos.d/epel.repo`,
    );
  });
  after(async () => {
    await engine?.close();
    await lab?.down();
  });

  it('does not count as restricted by a priority that yum 3 ignores', async () => {
    const { state, reasons } = await operate('check');
    assert.equal(state, 'needed');
    assert.ok(reasons?.includes('epel-not-fenced'), String(reasons));
  });

  it('replaces no package of RDO after the run, and still provides the others', async () => {
    assert.equal((await operate('run')).outcome, 'changed');
    await seen('yum -y install crudini leatherman htop');
    assert.equal(
      await seen('rpm -q crudini leatherman htop'),
      'crudini-0.9-2.el7.noarch\nleatherman-1.3.0-9.el7.x86_64\nhtop-2.2.0-3.el7.x86_64\n',
    );
    assert.match(
      await seen('cat /etc/yum.repos.d/epel.repo'),
      /^exclude=ceph\* leatherman\* erlang\* rabbitmq-server\*\n nginx\*$/m,
    );
    assert.deepEqual(await operate('run'), { outcome: 'unchanged', state: 'done', reasons: [] });
  });

  it('is reported as drifted when yum stops following priorities', async () => {
    await seen("sed -i 's/^enabled.*/enabled = 0/' /etc/yum/pluginconf.d/priorities.conf");
    assert.deepEqual(await operate('check'), {
      outcome: undefined,
      state: 'drifted',
      reasons: ['priorities-not-loaded'],
    });
    assert.equal((await operate('run')).outcome, 'changed');
  });

  it('has its original file after undo, except for what the user has changed since', async () => {
    await seen("sed -i 's/^ nginx\\*/ nginx* mine*/' /etc/yum.repos.d/epel.repo");
    assert.equal((await operate('undo')).outcome, 'changed');
    assert.match(
      await seen('cat /etc/yum.repos.d/epel.repo'),
      /^\[epel\]\npriority=100\nexclude=ceph\*\n nginx\* mine\*\n/m,
    );
    assert.match(await seen('cat /etc/yum/pluginconf.d/priorities.conf'), /^enabled = 0$/m);
  });
});

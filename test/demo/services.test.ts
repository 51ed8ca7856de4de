import assert from 'node:assert/strict';
import { program } from '../../src/demo/node-program.ts';
import { freshNode, type NodeState } from '../../src/demo/node-state.ts';
import { readScript } from '../../src/demo/script.ts';
import type { PayloadKind } from '../../src/plan/header.ts';
import { payload, runnableStep } from '../../src/plan/payload.ts';
import { reasonCodes } from '../../src/view/reasons.ts';
import { allSteps, clusterOf } from '../support/clusters.ts';

const cluster = clusterOf(allSteps.replace('firewalld: enabled', 'firewalld: disabled'));
const [controller] = cluster.nodes;
assert.ok(controller);

/** The output of a simulated node for one step, one string per marker. */
function markersFrom(node: NodeState, kind: PayloadKind, id: string, proven = true): readonly string[] {
  const item = cluster.steps.find((step) => step.id === id);
  assert.ok(item && controller);
  const step = runnableStep(cluster, controller, item);
  assert.ok(step);
  const known = new Map(step.secrets.map((name) => [name, 'value']));
  const script = readScript(payload(kind, [step], known).text('n0nce'));
  assert.ok(script);
  const text = [...program(node, script, { pid: 1, isProven: () => proven })]
    .map((piece) => piece.text)
    .join('');
  return text
    .split('\n')
    .flatMap((line) => line.split('@@stackprep:n0nce\t')[1]?.replaceAll('\t', ' ') ?? []);
}

describe('A simulated node with the steps of services', () => {
  for (const id of ['chrony', 'mariadb', 'rabbitmq', 'memcached', 'etcd', 'nova', 'packstack'])
    it(`applies ${id} from the description of the step`, () => {
      const node = freshNode('openstack1', 'el7', new Set());
      const found = markersFrom(node, 'probe', id);
      assert.ok(found.includes(`state ${id} needed`), found.join('\n'));
      const codes = found.flatMap((line) => /^because (\S+)/.exec(line)?.[1] ?? []);
      assert.ok(codes.length > 0);
      for (const code of codes) assert.ok(reasonCodes.includes(code), code);
      assert.ok(markersFrom(node, 'run', id).includes(`result ${id} changed`));
      assert.ok(markersFrom(node, 'run', id).includes(`result ${id} unchanged`));
    });

  it('models every step that a node of its system can have', () => {
    const node = freshNode('openstack1', 'el7', new Set());
    for (const { id } of cluster.steps) {
      // Disabling NetworkManager has enabled it.
      if (id === 'network-service') node.services.delete('network');
      const found = markersFrom(node, 'probe', id);
      assert.ok(
        found.some((line) => /^because /.test(line)),
        `${id}: ${found.join('\n')}`,
      );
      assert.ok(markersFrom(node, 'run', id).includes(`result ${id} changed`), id);
      assert.ok(markersFrom(node, 'probe', id).includes(`state ${id} done`), id);
    }
  });

  it('rolls a guarded step back unless a second login succeeds', () => {
    for (const id of ['sshd', 'network-interfaces', 'network-manager', 'network-service']) {
      const node = freshNode('openstack1', 'el7', new Set());
      const refused = markersFrom(node, 'run', id, false);
      assert.ok(refused.includes('prove'), id);
      assert.ok(refused.includes(`result ${id} failed rolled-back`), id);
      assert.ok(markersFrom(node, 'probe', id).includes(`state ${id} needed`), id);
    }
  });

  it('rolls the undo of a guarded step back unless a second login succeeds', () => {
    for (const id of ['sshd', 'network-interfaces', 'network-manager']) {
      const node = freshNode('openstack1', 'el7', new Set());
      markersFrom(node, 'run', id);
      const refused = markersFrom(node, 'undo', id, false);
      assert.ok(refused.includes('prove'), id);
      assert.ok(refused.includes(`result ${id} failed rolled-back`), id);
      assert.ok(markersFrom(node, 'probe', id).includes(`state ${id} done`), id);
      const undone = markersFrom(node, 'undo', id);
      assert.deepEqual([undone.includes('prove'), undone.includes(`result ${id} changed`)], [true, true], id);
    }
    const node = freshNode('openstack1', 'el7', new Set());
    markersFrom(node, 'run', 'chrony');
    assert.equal(markersFrom(node, 'undo', 'chrony', false).includes('prove'), false);
  });

  it('reports an interface that the node does not have', () => {
    const node = freshNode('openstack1', 'el7', new Set());
    node.interfaces.delete('eth1');
    assert.ok(markersFrom(node, 'probe', 'network-interfaces').includes('because interface-missing eth1'));
  });

  it('reports a service that is not running, and starts it', () => {
    const node = freshNode('openstack1', 'el7', new Set());
    assert.ok(markersFrom(node, 'probe', 'memcached').includes('because service-not-running memcached'));
    markersFrom(node, 'run', 'memcached');
    assert.ok(node.services.has('memcached'));
    node.services.delete('memcached');
    assert.ok(markersFrom(node, 'probe', 'memcached').includes('state memcached drifted'));
  });
});

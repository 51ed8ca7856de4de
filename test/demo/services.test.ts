import assert from 'node:assert/strict';
import { program } from '../../src/demo/node-program.ts';
import { freshNode, type NodeState } from '../../src/demo/node-state.ts';
import { readScript } from '../../src/demo/script.ts';
import type { PayloadKind } from '../../src/plan/header.ts';
import { payload, runnableStep } from '../../src/plan/payload.ts';
import { reasonCodes } from '../../src/view/reasons.ts';
import { allSteps, clusterOf } from '../support/clusters.ts';

const cluster = clusterOf(allSteps);
const [controller] = cluster.nodes;
assert.ok(controller);

/** The output of a simulated node for one step, one string per marker. */
function markersFrom(node: NodeState, kind: PayloadKind, id: string): readonly string[] {
  const item = cluster.steps.find((step) => step.id === id);
  assert.ok(item && controller);
  const step = runnableStep(cluster, controller, item);
  assert.ok(step);
  const known = new Map(step.secrets.map((name) => [name, 'value']));
  const script = readScript(payload(kind, [step], known).text('n0nce'));
  assert.ok(script);
  const text = [...program(node, script, 1)].map((piece) => piece.text).join('');
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

  it('reports a service that is not running, and starts it', () => {
    const node = freshNode('openstack1', 'el7', new Set());
    assert.ok(markersFrom(node, 'probe', 'memcached').includes('because service-not-running memcached'));
    markersFrom(node, 'run', 'memcached');
    assert.ok(node.services.has('memcached'));
    node.services.delete('memcached');
    assert.ok(markersFrom(node, 'probe', 'memcached').includes('state memcached drifted'));
  });
});

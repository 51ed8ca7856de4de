import assert from 'node:assert/strict';
import { createSeenNodes } from '../../src/client/seen-nodes.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import { factsOf } from '../../src/plan/facts.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import type { NodeStatus } from '../../src/run/state.ts';

function cluster(address: string): Cluster {
  const { cluster: found } = decodeCluster(
    `cluster: a\nnodes: { n1: { address: ${address} }, n2: { address: 10.0.0.2 } }\n`,
  );
  assert.ok(found);
  return found;
}

function status(factsAt: number): NodeStatus {
  return { connection: 'idle', steps: {}, facts: factsOf(new Map([['hostname', 'n1']])), factsAt };
}

describe('The seen nodes', () => {
  it('are those that have reported facts', () => {
    const seen = createSeenNodes().take('file:///a', cluster('10.0.0.1'), { n1: status(5), gone: status(5) });
    assert.deepEqual(
      [...seen].map(([name, { at }]) => [name, at]),
      [['n1', 5]],
    );
  });

  it('are forgotten when the cluster file changes their address, until they are seen again', () => {
    const nodes = createSeenNodes();
    const names = (address: string, at: number) => [
      ...nodes.take('file:///a', cluster(address), { n1: status(at) }).keys(),
    ];
    assert.deepEqual(names('10.0.0.1', 5), ['n1']);
    assert.deepEqual(names('10.0.0.9', 5), []);
    assert.deepEqual(names('10.0.0.1', 5), ['n1']);
    assert.deepEqual(names('10.0.0.9', 6), ['n1']);
  });
});

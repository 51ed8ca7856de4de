import assert from 'node:assert/strict';
import { NodeConnection } from '../../src/app/jobs/node-connection.ts';
import { awaitServices, servingServices } from '../../src/app/quorum-service.ts';
import { quorumGroups } from '../../src/plan/quorum-groups.ts';
import type { Output, Transport } from '../../src/remote/base/transport.ts';
import { clusterOf } from '../support/clusters.ts';
import { scriptedPorts } from '../support/scripted.ts';

const cluster = clusterOf(`cluster: lab
nodes:
  n1: { address: 10.0.0.1, roles: [controller] }
  n2: { address: 10.0.0.2, roles: [controller] }
  n3: { address: 10.0.0.3, roles: [controller] }
services: { mariadb: { on: controller } }
`);
const groups = quorumGroups(cluster).filter(({ name }) => name === 'mariadb');

/** Output of `mysql -N -B` of MariaDB 10.11 for the query, as a member of Galera prints it. */
const galera = (size: number, state = 'Synced', status = 'Primary') =>
  `wsrep_on\t1\nwsrep_cluster_size\t${size}\nwsrep_cluster_status\t${status}\nwsrep_local_state_comment\t${state}\n`;
/** The same of a server without Galera. */
const alone =
  'wsrep_on\t0\nwsrep_cluster_size\t0\nwsrep_cluster_status\tDisconnected\nwsrep_local_state_comment\tUninitialized\n';

/** Waits for MariaDB on a node whose clients print these texts one after the other; returns the number of questions and whether one was the last. */
async function askedOf(answers: readonly (string | undefined)[], question: 'serves' | 'is back' = 'is back') {
  const [node] = cluster.nodes;
  assert.ok(node);
  let asked = 0;
  const stop = new AbortController();
  async function* says(text: string | undefined): AsyncGenerator<Output> {
    if (text !== undefined) yield { type: 'data', stream: 'stdout', bytes: Buffer.from(text) };
    yield { type: 'exit', code: text === undefined ? 1 : 0, signal: undefined };
  }
  const exec: Transport['exec'] = (command) => {
    if (!command.argv.join(' ').includes('wsrep_on')) return says('');
    asked += 1;
    if (asked > answers.length) stop.abort();
    return says(answers[asked - 1] ?? answers.at(-1));
  };
  const transport: Transport = { exec, dispose: async () => undefined };
  const ports = { ...scriptedPorts({ n1: { ok: true, transport } }), times: { rebootPollMs: 1 } };
  const link = new NodeConnection({ node, connector: ports.connector });
  await link.connect(stop.signal);
  const on = { link, ports, signal: stop.signal };
  if (question === 'serves') return (await servingServices(on, groups)).length > 0;
  const missing = await awaitServices(on, cluster, groups);
  return { asked, missing: missing?.name };
}

describe('A member of MariaDB', () => {
  it('is back only when Galera has all members and has synchronized', async () => {
    const back = await askedOf([
      galera(2),
      galera(3, 'Joined'),
      galera(3, 'Synced', 'non-Primary'),
      galera(3),
    ]);
    assert.deepEqual(back, { asked: 4, missing: undefined });
    assert.deepEqual(await askedOf([galera(2)]), { asked: 2, missing: 'mariadb' });
  });

  it('is back when its service runs, without Galera or if root may not ask', async () => {
    assert.deepEqual(await askedOf([alone]), { asked: 1, missing: undefined });
    assert.deepEqual(await askedOf([undefined]), { asked: 1, missing: undefined });
  });

  it('that Galera cut off is no loss, since a step may be what repairs it', async () => {
    assert.equal(await askedOf([galera(1, 'Initialized', 'non-Primary')], 'serves'), false);
    for (const answer of [galera(2, 'Joined'), alone, undefined])
      assert.equal(await askedOf([answer], 'serves'), true);
  });
});

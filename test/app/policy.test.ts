import assert from 'node:assert/strict';
import { operate } from '../../src/app/operate.ts';
import { createSerialQueue } from '../../src/app/serial-steps.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clusterOf } from '../support/clusters.ts';
import { patternsIn } from '../support/messages.ts';
import { collect, type Script, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const never = new AbortController().signal;
const probe: Script = { lines: ['@ begin 7', '@ end'] };
const ends = (step: string, outcome: string): Script => ({
  lines: ['@ begin 8', `@ step ${step}`, '@ phase apply', `@ result ${step} ${outcome}`, '@ end'],
});
const outcomes = (events: readonly TimedEvent[]) =>
  events.flatMap((event) =>
    event.type === 'step-finished' ? [`${event.node} ${event.step} ${event.outcome}`] : [],
  );

describe('Steps that run on one node at a time', () => {
  it('run in order, and a failure stops every node that follows', async () => {
    const turns = createSerialQueue(new Map([['db', ['a', 'b', 'c', 'd']]]));
    const seen: string[] = [];
    const waits = ['b', 'c', 'd'].map(async (node) => {
      const bad = await turns.wait('db', node);
      seen.push(`${node} ${bad ? `${bad.node} ${bad.outcome}` : 'goes'}`);
      turns.done('db', node, bad || node === 'b' ? 'failed' : 'done');
    });
    assert.equal(await turns.wait('db', 'a'), undefined);
    assert.equal(await turns.wait('other', 'c'), undefined);
    assert.ok(turns.mustWait('db', 'b'));
    turns.done('db', 'a', 'done');
    await Promise.all(waits);
    assert.deepEqual(seen, ['b goes', 'c b failed', 'd b failed']);
    assert.equal(turns.mustWait('db', 'd'), false);
  });
});

describe('A run', () => {
  const two = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
  b: { address: 10.0.0.2 }
steps: [locale, shell-profile]
`);

  it('starts no further step on any node after a failure, with the fail-fast policy', async () => {
    let failA: () => void = () => undefined;
    const failed = new Promise<void>((resolve) => {
      failA = resolve;
    });
    const a = scriptedNode((kind, step) => (kind === 'probe' ? probe : ends(step, 'failed')));
    const b = scriptedNode((kind, step) => (kind === 'probe' ? probe : ends(step, 'changed')));
    const ports = scriptedPorts({ a: { ok: true, transport: a.transport } });
    const connect: typeof ports.connector.connect = async (node, signal) => {
      if (node.name === 'a') return ports.connector.connect(node, signal);
      await failed;
      return { ok: true, transport: b.transport };
    };
    const events: TimedEvent[] = [];
    const operation = { kind: 'run', cluster: two, selection: {}, policy: { failFast: true } } as const;
    for await (const event of operate(operation, { ...ports, connector: { connect } }, never)) {
      events.push(event);
      if (event.type === 'node-finished' && event.node === 'a') failA();
    }
    assert.deepEqual(outcomes(events), [
      'a locale failed',
      'a shell-profile skipped',
      'b locale skipped',
      'b shell-profile skipped',
    ]);
    const why = events.find((event) => event.type === 'step-finished' && event.node === 'b');
    assert.deepEqual(why?.type === 'step-finished' && why.reasons, [
      { code: 'other-node-failed', args: ['a'] },
    ]);
  });

  it('starts nothing while a required secret has no value', async () => {
    const secret = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1, roles: [controller] }
services:
  rabbitmq: { on: controller, user: openstack, password: { secret: rabbit } }
steps: [rabbitmq]
`);
    let connections = 0;
    const ports = scriptedPorts({});
    const connect: typeof ports.connector.connect = async (node, signal) => {
      connections += 1;
      return ports.connector.connect(node, signal);
    };
    const operation = { kind: 'run', cluster: secret, selection: {} } as const;
    const events = await collect(operate(operation, { ...ports, connector: { connect } }, never));
    const { run } = events.reduce(reduceRun, emptyRunState);
    assert.equal(run?.refusal?.code, 'secret-missing');
    assert.deepEqual(patternsIn(run.refusal.message)[0]?.args, ['rabbit', 'rabbitmq', 'a']);
    assert.equal(run.outcome, 'failed');
    assert.equal(connections, 0);
  });
});

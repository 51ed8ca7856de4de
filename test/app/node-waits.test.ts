import assert from 'node:assert/strict';
import { NodeWaits } from '../../src/app/node-waits.ts';
import type { TimedEvent } from '../../src/run/events.ts';

const started: TimedEvent = {
  ...{ type: 'run-started', run: 'r', kind: 'check', cluster: 'c', nodes: ['a'], steps: [], at: 1 },
};
const finished: TimedEvent = { type: 'run-finished', outcome: 'ok', at: 2 };
const wait = { code: 'wait-sudo', args: [] };

async function typesOf(events: AsyncIterable<TimedEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const event of events)
    types.push(event.type === 'node-waiting' ? `${event.node} ${event.reason?.code}` : event.type);
  return types;
}

describe('The waits of nodes', () => {
  it('come between the events of the run as soon as they begin and end', async () => {
    const waits = new NodeWaits();
    let go: () => void = () => undefined;
    async function* run(): AsyncGenerator<TimedEvent> {
      yield started;
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      yield finished;
    }
    const mixed = waits.mix(run());
    assert.equal((await mixed.next()).value?.type, 'run-started');
    const next = mixed.next();
    waits.listenerOf('a')(wait);
    const event = (await next).value;
    assert.ok(event?.type === 'node-waiting' && event.node === 'a' && event.reason === wait);
    const after = mixed.next();
    waits.listenerOf('a')(undefined);
    assert.deepEqual({ ...(await after).value, at: 0 }, { type: 'node-waiting', node: 'a', at: 0 });
    go();
    assert.deepEqual(await typesOf(mixed), ['run-finished']);
  });

  it('come also before the run has started, while keys are exchanged', async () => {
    const waits = new NodeWaits();
    async function* run(): AsyncGenerator<TimedEvent> {
      waits.listenerOf('a')(wait);
      yield started;
      yield finished;
    }
    assert.deepEqual(await typesOf(waits.mix(run())), ['a wait-sudo', 'run-started', 'run-finished']);
  });

  it('do not ask for an event before the one before it was taken', async () => {
    let asked = 0;
    async function* run(): AsyncGenerator<TimedEvent> {
      asked += 1;
      yield started;
      asked += 1;
      yield finished;
    }
    const mixed = new NodeWaits().mix(run());
    await mixed.next();
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    assert.equal(asked, 1);
    await mixed.next();
    assert.equal((await mixed.next()).done, true);
  });

  it('pass on an error of the run, and end it if no more is taken', async () => {
    let isClosed = false;
    async function* run(): AsyncGenerator<TimedEvent> {
      try {
        yield started;
        throw new Error('bug');
      } finally {
        isClosed = true;
      }
    }
    await assert.rejects(typesOf(new NodeWaits().mix(run())), /bug/);
    isClosed = false;
    for await (const event of new NodeWaits().mix(run())) {
      assert.equal(event.type, 'run-started');
      break;
    }
    assert.equal(isClosed, true);
  });
});

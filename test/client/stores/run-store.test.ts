import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createCancellation } from '../../../src/app/cancellation.ts';
import { createRunStore } from '../../../src/client/stores/run-store.ts';
import { timed } from '../../view/world.ts';

const uri = 'file:///lab.cluster.yaml';

describe('The store of runs', () => {
  it('allows one run per cluster at a time, and runs of different clusters in parallel', () => {
    const store = createRunStore();
    assert.equal(store.begin(uri, createCancellation()), true);
    assert.equal(store.begin(uri, createCancellation()), false);
    assert.equal(store.begin('file:///other', createCancellation()), true);
    store.end(uri);
    assert.equal(store.begin(uri, createCancellation()), true);
    store.dispose();
  });

  it('fires one event for a burst of run events, with all clusters that changed', async () => {
    const store = createRunStore();
    const fired: string[][] = [];
    store.onDidChange((uris) => fired.push([...uris]));
    for (let index = 0; index < 1000; index += 1) {
      for (const event of timed([{ type: 'node-connecting', node: 'a' }], 'check')) store.apply(uri, event);
    }
    for (const event of timed([], 'check')) store.apply('file:///other', event);
    assert.deepEqual(fired, []);
    await delay(250);
    assert.deepEqual(fired, [[uri, 'file:///other']]);
  });

  it('ignores run events that change nothing', async () => {
    const store = createRunStore();
    let fired = 0;
    store.onDidChange(() => {
      fired += 1;
    });
    store.apply(uri, { type: 'log', node: 'a', step: 'upgrade', stream: 'stdout', line: 'x', at: 1 });
    await delay(200);
    assert.equal(fired, 0);
  });

  it('knows the nodes and steps of a run only while it is in progress', () => {
    const store = createRunStore();
    store.begin(uri, createCancellation());
    for (const event of timed([], 'run')) store.apply(uri, event);
    assert.deepEqual(store.scope(uri)?.nodes, ['a', 'c1', 'c2']);
    store.end(uri);
    assert.equal(store.scope(uri), undefined);
    assert.equal(store.get(uri).run?.id, 'r1');
    store.dispose();
  });

  it('fires an event at once when a run ends', () => {
    const store = createRunStore();
    const fired: string[] = [];
    store.onDidChange((uris) => fired.push(...uris));
    store.begin('file:///a', createCancellation());
    store.end('file:///a');
    assert.deepEqual(fired, ['file:///a']);
    store.dispose();
  });

  it('passes on what is cancelled, and shows it until the run ends', () => {
    const store = createRunStore();
    const cancellation = createCancellation();
    assert.equal(store.cancel(uri, { when: 'now' }), false);
    store.begin(uri, cancellation);
    for (const event of timed([], 'run')) store.apply(uri, event);
    const request = { nodes: ['a'], step: 'upgrade', when: 'now' } as const;
    assert.equal(store.cancel(uri, request), true);
    assert.equal(cancellation.of('a', 'upgrade').now.aborted, true);
    assert.equal(cancellation.of('a').before.aborted, false);
    assert.equal(cancellation.of('c1', 'upgrade').before.aborted, false);
    assert.deepEqual(store.scope(uri)?.cancelled, [request]);
    store.end(uri);
    store.begin(uri, createCancellation());
    assert.equal(store.scope(uri)?.cancelled, undefined);
    store.dispose();
  });

  it('clears results, but not during a run', () => {
    const store = createRunStore();
    store.begin(uri, createCancellation());
    for (const event of timed([], 'run')) store.apply(uri, event);
    store.clear(uri);
    assert.equal(store.get(uri).run?.id, 'r1');
    store.end(uri);
    store.clear(uri);
    assert.equal(store.get(uri).run, undefined);
    store.dispose();
  });
});

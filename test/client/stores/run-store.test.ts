import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createRunStore } from '../../../src/client/stores/run-store.ts';
import { timed } from '../../view/world.ts';

const uri = 'file:///lab.cluster.yaml';

describe('the store of runs', () => {
  it('lets one run at a time have a cluster, and others have other clusters', () => {
    const store = createRunStore();
    assert.equal(store.begin(uri, new AbortController()), true);
    assert.equal(store.begin(uri, new AbortController()), false);
    assert.equal(store.begin('file:///other', new AbortController()), true);
    store.end(uri);
    assert.equal(store.begin(uri, new AbortController()), true);
    store.dispose();
  });

  it('tells of a burst of events once, with all clusters that changed', async () => {
    const store = createRunStore();
    const heard: string[][] = [];
    store.onDidChange((uris) => heard.push([...uris]));
    for (let index = 0; index < 1000; index += 1) {
      for (const event of timed([{ type: 'node-connecting', node: 'a' }], 'check')) store.apply(uri, event);
    }
    for (const event of timed([], 'check')) store.apply('file:///other', event);
    assert.deepEqual(heard, []);
    await delay(250);
    assert.deepEqual(heard, [[uri, 'file:///other']]);
  });

  it('passes over events that change nothing', async () => {
    const store = createRunStore();
    let heard = 0;
    store.onDidChange(() => {
      heard += 1;
    });
    store.apply(uri, { type: 'log', node: 'a', step: 'upgrade', stream: 'stdout', line: 'x', at: 1 });
    await delay(200);
    assert.equal(heard, 0);
  });

  it('knows what a run is about only while it goes on', () => {
    const store = createRunStore();
    store.begin(uri, new AbortController());
    for (const event of timed([], 'run')) store.apply(uri, event);
    assert.deepEqual(store.scope(uri)?.nodes, ['a', 'c1', 'c2']);
    store.end(uri);
    assert.equal(store.scope(uri), undefined);
    assert.equal(store.get(uri).run?.id, 'r1');
    store.dispose();
  });

  it('tells of the end of a run at once', () => {
    const store = createRunStore();
    const told: string[] = [];
    store.onDidChange((uris) => told.push(...uris));
    store.begin('file:///a', new AbortController());
    store.end('file:///a');
    assert.deepEqual(told, ['file:///a']);
    store.dispose();
  });

  it('cancels by the run’s own signal', () => {
    const store = createRunStore();
    const controller = new AbortController();
    assert.equal(store.cancel(uri), false);
    store.begin(uri, controller);
    assert.equal(store.cancel(uri), true);
    assert.equal(controller.signal.aborted, true);
    store.dispose();
  });

  it('forgets results, but not under a run', () => {
    const store = createRunStore();
    store.begin(uri, new AbortController());
    for (const event of timed([], 'run')) store.apply(uri, event);
    store.clear(uri);
    assert.equal(store.get(uri).run?.id, 'r1');
    store.end(uri);
    store.clear(uri);
    assert.equal(store.get(uri).run, undefined);
    store.dispose();
  });
});

import assert from 'node:assert/strict';
import { createOutlineStore } from '../../../src/client/stores/outline-store.ts';
import { sourceAfter } from '../../view/world.ts';

const { outline } = sourceAfter({});
const at = (uri: string) => ({ ...outline, uri });

describe('the store of outlines', () => {
  it('has the clusters in the order of their uris', () => {
    const store = createOutlineStore();
    for (const uri of ['file:///c', 'file:///a', 'file:///b']) store.set(uri, at(uri));
    assert.deepEqual(
      store.all().map(({ uri }) => uri),
      ['file:///a', 'file:///b', 'file:///c'],
    );
  });

  it('keeps the last good outline while the file cannot be read', () => {
    const store = createOutlineStore();
    store.set('file:///a', at('file:///a'));
    store.set('file:///a', undefined);
    assert.equal(store.get('file:///a')?.cluster.id, 'lab');
    assert.deepEqual(store.unreadable(), []);
  });

  it('names the files that could never be read, until they can', () => {
    const store = createOutlineStore();
    store.set('file:///a', undefined);
    assert.deepEqual(store.unreadable(), ['file:///a']);
    store.set('file:///a', at('file:///a'));
    assert.deepEqual(store.unreadable(), []);
  });

  it('tells of each change, and of no other', () => {
    const store = createOutlineStore();
    const heard: string[] = [];
    const leave = store.onDidChange((uri) => heard.push(uri));
    store.set('file:///a', undefined);
    store.set('file:///a', undefined);
    store.remove('file:///a');
    store.remove('file:///a');
    leave();
    store.set('file:///b', undefined);
    assert.deepEqual(heard, ['file:///a', 'file:///a']);
  });

  it('forgets the files of a folder that is gone, but for those to be kept', () => {
    const store = createOutlineStore();
    for (const uri of ['file:///w/a', 'file:///w/b', 'file:///wide', 'untitled:a']) store.set(uri, at(uri));
    store.set('file:///w/c', undefined);
    store.removeBelow('file:///w', (uri) => uri.endsWith('/b'));
    assert.deepEqual(
      store.all().map(({ uri }) => uri),
      ['file:///w/b', 'file:///wide', 'untitled:a'],
    );
    assert.deepEqual(store.unreadable(), []);
  });
});

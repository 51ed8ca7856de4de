import assert from 'node:assert/strict';
import { createOutlineStore } from '../../../src/client/stores/outline-store.ts';
import { sourceAfter } from '../../view/world.ts';

const { outline } = sourceAfter({});
const at = (uri: string) => ({ ...outline, uri });

describe('The store of outlines', () => {
  it('sorts the clusters by their URIs', () => {
    const store = createOutlineStore();
    for (const uri of ['file:///c', 'file:///a', 'file:///b']) store.set(uri, at(uri));
    assert.deepEqual(
      store.all().map(({ uri }) => uri),
      ['file:///a', 'file:///b', 'file:///c'],
    );
  });

  it('keeps the last valid outline while the file cannot be read', () => {
    const store = createOutlineStore();
    store.set('file:///a', at('file:///a'));
    store.set('file:///a', undefined);
    assert.equal(store.get('file:///a')?.cluster.id, 'lab');
    assert.deepEqual(store.unreadable(), []);
  });

  it('names the files that could never be read, until they can be', () => {
    const store = createOutlineStore();
    store.set('file:///a', undefined);
    assert.deepEqual(store.unreadable(), ['file:///a']);
    store.set('file:///a', at('file:///a'));
    assert.deepEqual(store.unreadable(), []);
  });

  it('has the number of errors of the newest text, also while it has no outline', () => {
    const store = createOutlineStore();
    assert.equal(store.errors('file:///a'), 0);
    store.set('file:///a', at('file:///a'), 2);
    store.set('file:///a', undefined, 1);
    assert.equal(store.errors('file:///a'), 1);
    assert.equal(store.get('file:///a')?.cluster.id, 'lab');
    store.remove('file:///a');
    assert.deepEqual([store.errors('file:///a'), store.has('file:///a')], [0, false]);
  });

  it('fires an event for each change and for nothing else', () => {
    const store = createOutlineStore();
    const fired: string[] = [];
    const leave = store.onDidChange((uri) => fired.push(uri));
    store.set('file:///a', undefined);
    store.set('file:///a', undefined);
    store.remove('file:///a');
    store.remove('file:///a');
    leave();
    store.set('file:///b', undefined);
    assert.deepEqual(fired, ['file:///a', 'file:///a']);
  });

  it('drops the files of a removed folder, except those to be retained', () => {
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

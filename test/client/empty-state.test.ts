import assert from 'node:assert/strict';
import { emptinessOf } from '../../src/client/empty-state.ts';

const nothing = { clusters: 0, unreadable: 0, searching: false, folders: 1 };

describe('An empty sidebar', () => {
  it('explains why it is empty', () => {
    assert.equal(emptinessOf(nothing), 'no-file');
    assert.equal(emptinessOf({ ...nothing, folders: 0 }), 'no-folder');
    assert.equal(emptinessOf({ ...nothing, unreadable: 1 }), 'unreadable');
    assert.equal(emptinessOf({ ...nothing, unreadable: 1, searching: true }), 'searching');
    assert.equal(emptinessOf({ ...nothing, clusters: 1, searching: true }), 'none');
  });
});

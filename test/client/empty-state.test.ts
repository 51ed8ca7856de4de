import assert from 'node:assert/strict';
import { emptyStateOf } from '../../src/client/empty-state.ts';

const nothing = { clusters: 0, unreadable: 0, searching: false, folders: 1 };

describe('An empty sidebar', () => {
  it('explains why it is empty', () => {
    assert.equal(emptyStateOf(nothing), 'no-file');
    assert.equal(emptyStateOf({ ...nothing, folders: 0 }), 'no-folder');
    assert.equal(emptyStateOf({ ...nothing, unreadable: 1 }), 'unreadable');
    assert.equal(emptyStateOf({ ...nothing, unreadable: 1, searching: true }), 'searching');
    assert.equal(emptyStateOf({ ...nothing, clusters: 1, searching: true }), 'none');
  });
});

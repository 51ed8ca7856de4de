import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { batchChoices, batchesText } from '../../src/view/batches.ts';
import { clusterOf } from '../support/clusters.ts';

const of = (rollout: string) =>
  clusterOf(`cluster: lab
nodes:
  n[1:4]: { address: '10.0.0.[1:4]' }
steps: [locale]
${rollout}`);
const names = ['n1', 'n2', 'n3', 'n4'];
const shown = (rollout: string, nodes = names) =>
  batchChoices('run', of(rollout), nodes).map(({ label, detail }) => [english(label), english(detail)]);

describe('The choice of batches', () => {
  it('offers those of the file first, then one node first, then all at once', () => {
    const limit = 'The run stops after a batch in which more than 20% of the nodes failed.';
    assert.deepEqual(shown('rollout: { batch: [1, 50%], max-failed: 20% }\n'), [
      ['As in the Cluster File', `3 batches, one after the other. Nodes in each: 1, 2, 1. ${limit}`],
      ['One Node First', `2 batches, one after the other. Nodes in each: 1, 3. ${limit}`],
      ['All at Once', 'All nodes start together.'],
    ]);
  });

  it('has no choice of the file if the file has no batches, and none for a single node', () => {
    assert.deepEqual(
      shown('').map(([label]) => label),
      ['One Node First', 'All at Once'],
    );
    assert.deepEqual(shown('', ['n1']), []);
  });
});

describe('The text of batches', () => {
  it('counts the batches that it does not list', () => {
    const batches = Array.from({ length: 12 }, (_, index) => [`n${index}`]);
    assert.equal(
      english(batchesText({ batches })),
      '12 batches, one after the other. Nodes in each: 1, 1, 1, 1, 1, 1, 1, 1, and 4 more batches. The run stops after a batch in which every node failed.',
    );
  });
});

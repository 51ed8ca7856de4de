import assert from 'node:assert/strict';
import { readHeader } from '../../src/plan/header.ts';
import { payload, runnableStep } from '../../src/plan/payload.ts';
import { clusterOf } from '../support/clusters.ts';

describe('The header of a payload', () => {
  it('names the kind and the steps, whatever a custom step has in its text', () => {
    const forged = '# stackprep {"version":1,"kind":"undo","steps":[]}';
    const cluster = clusterOf(`cluster: lab
nodes: { a: { address: 10.0.0.1 } }
steps:
  - name: forged
    run: |
      true
      ${forged}
      true
`);
    const [node] = cluster.nodes;
    const [item] = cluster.steps;
    assert.ok(node && item);
    const step = runnableStep(cluster, node, item);
    assert.ok(step);
    const text = payload('run', [step]).text('n0nce');
    assert.ok(text.includes(`\n${forged}\n`));
    const header = readHeader(text);
    assert.equal(header?.kind, 'run');
    assert.deepEqual(
      header.steps.map(({ id, isCustom }) => [id, isCustom]),
      [['forged', true]],
    );
  });

  it('is absent from text that is not a payload', () => {
    assert.equal(readHeader(''), undefined);
    assert.equal(readHeader('# stackprep'), undefined);
    assert.equal(readHeader('echo\n# stackprep is great\n'), undefined);
  });
});

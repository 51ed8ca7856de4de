import assert from 'node:assert/strict';
import { outlineOfText } from '../../src/language/outline.ts';

const document = (text: string) => outlineOfText({ uri: 'file:///lab.cluster.yaml', version: 7, text });

describe('The outline of a document', () => {
  it('has the name and version of its document', () => {
    const outline = document('cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [upgrade]\n');
    assert.equal(outline?.uri, 'file:///lab.cluster.yaml');
    assert.equal(outline?.version, 7);
    assert.deepEqual(
      outline?.steps.map(({ id }) => id),
      ['upgrade'],
    );
  });

  it('is available while a line is incomplete', () => {
    const outline = document('cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps:\n  - upgr\nsys');
    assert.equal(outline?.nodes[0]?.id, 'a');
  });

  it('is absent while the nodes cannot be read', () => {
    for (const text of ['', 'cluster: lab\n', '[1, 2', '\u0000']) assert.equal(document(text), undefined);
  });
});

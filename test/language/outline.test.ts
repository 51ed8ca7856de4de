import assert from 'node:assert/strict';
import { outlineOfText } from '../../src/language/outline.ts';

const document = (text: string) => outlineOfText({ uri: 'file:///lab.cluster.yaml', version: 7, text });

describe('the outline of a document', () => {
  it('has the name and version of its document', () => {
    const outline = document('cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [upgrade]\n');
    assert.equal(outline?.uri, 'file:///lab.cluster.yaml');
    assert.equal(outline?.version, 7);
    assert.deepEqual(
      outline?.steps.map(({ id }) => id),
      ['upgrade'],
    );
  });

  it('is there while a line is half typed', () => {
    const outline = document('cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps:\n  - upgr\nsys');
    assert.equal(outline?.nodes[0]?.id, 'a');
  });

  it('is absent while there are no nodes to be read', () => {
    for (const text of ['', 'cluster: lab\n', '[1, 2', '\u0000']) assert.equal(document(text), undefined);
  });
});

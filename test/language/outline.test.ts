import assert from 'node:assert/strict';
import { mostBytes, readText, tooLarge } from '../../src/language/outline.ts';

const read = (text: string) => readText({ uri: 'file:///lab.cluster.yaml', version: 7, text });
const document = (text: string) => read(text).outline;

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

describe('A text that the language server has not read', () => {
  it('has the number of its errors, which warnings do not add to, with or without an outline', () => {
    const nodes = 'cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\n';
    assert.equal(read(nodes).errors, 0);
    const { errors, problems, outline } = read(`${nodes}bogus: 1\nsteps: [upgade, upgrade, upgrade]\n`);
    assert.equal(outline?.cluster.id, 'lab');
    assert.equal(errors, problems.filter(({ severity }) => severity === 'error').length);
    assert.ok(errors >= 2);
    assert.ok(read('cluster: lab\n').errors > 0);
  });

  it('is reported as too large from its size alone', () => {
    const { errors, problems, outline } = tooLarge(mostBytes + 1);
    assert.equal(outline, undefined);
    assert.deepEqual([errors, problems.map(({ code }) => code)], [1, ['file-too-large']]);
  });
});

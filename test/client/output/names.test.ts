import assert from 'node:assert/strict';
import { createNodeNames } from '../../../src/client/output/names.ts';
import { type Outline, outlineOf } from '../../../src/cluster/outline.ts';
import { readCluster } from '../../../src/rules/decode.ts';

function outline(folder: string, cluster: string, ...nodes: readonly string[]): Outline {
  const rows = nodes.map((name, index) => `  ${name}: { address: 10.0.0.${index + 1} }\n`);
  const found = outlineOf(readCluster(`cluster: ${cluster}\nnodes:\n${rows.join('')}`));
  assert.ok(found);
  return { uri: `file:///${folder}/lab.cluster.yaml`, version: 1, ...found };
}

const file = (uri: string): string => uri.slice(8);

describe('The names of nodes in the output channel', () => {
  it('are plain while no other cluster has a node of that name', () => {
    const [a, b] = [outline('a', 'lab', 'n1', 'n2'), outline('b', 'rack', 'm1')];
    const names = createNodeNames(() => [a, b], file);
    assert.equal(names.of(a.uri, 'n1'), 'n1');
    assert.equal(names.of(b.uri, 'm1'), 'm1');
    assert.deepEqual(names.owner('m1'), { uri: b.uri, node: 'm1' });
    assert.equal(names.owner('n2'), undefined);
  });

  it('are prefixed with the cluster when two clusters have such a node, or with the file when the cluster names are equal too', () => {
    const [a, b, c] = [outline('a', 'my lab', 'n1'), outline('b', 'rack', 'n1'), outline('c', 'rack', 'n1')];
    const names = createNodeNames(() => [a, b, c], file);
    assert.equal(names.of(a.uri, 'n1'), 'n1@my_lab');
    assert.equal(names.of(b.uri, 'n1'), 'n1@b/lab.cluster.yaml');
    assert.equal(names.of(c.uri, 'n1'), 'n1@c/lab.cluster.yaml');
    assert.deepEqual(names.owner('n1@c/lab.cluster.yaml'), { uri: c.uri, node: 'n1' });
  });

  it('stay the same when another cluster with such a node appears later; the later one gets the longer name', () => {
    const a = outline('a', 'lab', 'n1');
    const all = [a];
    const names = createNodeNames(() => all, file);
    assert.equal(names.of(a.uri, 'n1'), 'n1');
    const b = outline('b', 'rack', 'n1');
    all.push(b);
    assert.equal(names.of(a.uri, 'n1'), 'n1');
    assert.equal(names.of(b.uri, 'n1'), 'n1@rack');
    assert.deepEqual(names.owner('n1'), { uri: a.uri, node: 'n1' });
  });
});

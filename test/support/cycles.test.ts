import assert from 'node:assert/strict';
import { cyclesOf, folderOf } from './cycles.ts';

/** Edges from texts `from > to`. */
function graph(...lines: readonly string[]) {
  return lines.map((line) => {
    const [from = '', to = ''] = line.split(' > ');
    return { from, to };
  });
}

describe('The search for import cycles', () => {
  it('finds none in an acyclic graph', () => {
    assert.deepEqual(cyclesOf(graph('a > b', 'a > c', 'b > d', 'c > d', 'a > d')), []);
  });

  it('finds a folder and its subfolder that import each other', () => {
    assert.deepEqual(cyclesOf(graph('app > app/jobs', 'app/jobs > app')), [['app', 'app/jobs', 'app']]);
  });

  it('finds a cycle of any length, even one that is entered from outside', () => {
    assert.deepEqual(cyclesOf(graph('x > c', 'c > d', 'd > b', 'b > c')), [['b', 'c', 'd', 'b']]);
  });

  it('reports each group of mutually reachable folders once, with its shortest cycle', () => {
    const edges = graph('a > b', 'b > c', 'c > a', 'b > a', 'm > n', 'n > m', 'b > m');
    assert.deepEqual(cyclesOf(edges), [
      ['a', 'b', 'a'],
      ['m', 'n', 'm'],
    ]);
  });

  it('ignores imports within a folder', () => {
    assert.deepEqual(cyclesOf(graph('a > a', 'a > b')), []);
  });

  it('determines the folder of a file at any depth', () => {
    assert.equal(folderOf('client/logs/goto.ts'), 'client/logs');
    assert.equal(folderOf('client/extension.ts'), 'client');
    assert.equal(folderOf('file.ts'), '');
  });
});

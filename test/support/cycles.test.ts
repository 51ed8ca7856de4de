import assert from 'node:assert/strict';
import { cyclesOf, folderOf } from './cycles.ts';

/** Edges as `from > to`. */
function graph(...lines: readonly string[]) {
  return lines.map((line) => {
    const [from = '', to = ''] = line.split(' > ');
    return { from, to };
  });
}

describe('the search for cycles', () => {
  it('finds none where every way comes to an end', () => {
    assert.deepEqual(cyclesOf(graph('a > b', 'a > c', 'b > d', 'c > d', 'a > d')), []);
  });

  it('finds a folder and the folder below it that import each other', () => {
    assert.deepEqual(cyclesOf(graph('app > app/jobs', 'app/jobs > app')), [['app', 'app/jobs', 'app']]);
  });

  it('finds a cycle of any length, wherever the way into it begins', () => {
    assert.deepEqual(cyclesOf(graph('x > c', 'c > d', 'd > b', 'b > c')), [['b', 'c', 'd', 'b']]);
  });

  it('names each group of folders that reach each other once, by its shortest way round', () => {
    const edges = graph('a > b', 'b > c', 'c > a', 'b > a', 'm > n', 'n > m', 'b > m');
    assert.deepEqual(cyclesOf(edges), [
      ['a', 'b', 'a'],
      ['m', 'n', 'm'],
    ]);
  });

  it('counts the imports within a folder as none', () => {
    assert.deepEqual(cyclesOf(graph('a > a', 'a > b')), []);
  });

  it('takes the folder of a file as it is, at any depth', () => {
    assert.equal(folderOf('client/logs/goto.ts'), 'client/logs');
    assert.equal(folderOf('client/extension.ts'), 'client');
    assert.equal(folderOf('file.ts'), '');
  });
});

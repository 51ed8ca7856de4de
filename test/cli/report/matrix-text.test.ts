import assert from 'node:assert/strict';
import { english, translator } from '../../../src/base/l10n.ts';
import { matrixText } from '../../../src/cli/report/matrix-text.ts';
import { styleFor } from '../../../src/cli/terminal/style.ts';
import { widthOf } from '../../../src/cli/text/width.ts';
import type { Cell, Matrix } from '../../../src/view/matrix.ts';

const style = styleFor(false, {});
const small: Matrix = {
  steps: ['locale', 'sshd', 'house'],
  rows: [
    { node: 'one', cells: ['changed', 'unavailable', 'none'] },
    { node: 'two', cells: ['failed', 'unavailable', 'skipped'] },
  ],
};

describe('The matrix as text', () => {
  it('has steps as rows and nodes as columns, without the steps that no node can run', () => {
    assert.equal(
      matrixText(small, { t: english, style, columns: 80, kind: 'run' }),
      ['        one        two', 'locale  ✓ changed  ✗ failed', 'house              · blocked'].join('\n'),
    );
  });

  it('aligns its columns with wide characters', () => {
    const t = translator({ changed: '변경함', failed: '실패', blocked: '실행 안 함' });
    const lines = matrixText(small, { t, style, columns: 80, kind: 'run' }).split('\n');
    assert.deepEqual(lines, [
      '        one       two',
      'locale  ✓ 변경함  ✗ 실패',
      'house             · 실행 안 함',
    ]);
    const column = (line: string, text: string): number => widthOf(line.slice(0, line.indexOf(text)));
    assert.equal(column(lines[0] ?? '', 'two'), column(lines[1] ?? '', '✗'));
  });

  it('has nodes as rows, numbered steps as columns and a legend if the nodes do not fit', () => {
    const kinds: readonly Cell[] = ['done', 'needed', 'unreachable', 'unknown'];
    const rows = Array.from({ length: 30 }, (_, index) => {
      return { node: `compute${index + 1}`, cells: [kinds[index % 4] ?? 'done', 'done' as const] };
    });
    const text = matrixText(
      { steps: ['locale', 'upgrade'], rows },
      { t: english, style, columns: 60, kind: 'run' },
    );
    const lines = text.split('\n');
    assert.equal(lines[0], '           1  2');
    assert.equal(lines[1], 'compute1   ✓  ✓');
    assert.equal(lines[3], 'compute3   !  ✓');
    assert.ok(lines.includes(' 2 upgrade'));
    assert.equal(lines.at(-1), '✓ done  ● needed  ! unreachable  ? unknown');
    assert.ok(Math.max(...lines.map(widthOf)) < 60);
  });

  it('is empty if there is nothing to show', () => {
    assert.equal(matrixText({ steps: [], rows: [] }, { t: english, style, columns: 80, kind: 'run' }), '');
  });
});

import assert from 'node:assert/strict';
import { english, translator } from '../../../src/base/l10n.ts';
import { matrixText } from '../../../src/cli/report/matrix-text.ts';
import { styleFor } from '../../../src/cli/terminal/style.ts';
import { widthOf } from '../../../src/cli/text/width.ts';
import type { Cell } from '../../../src/view/cell.ts';
import type { Matrix } from '../../../src/view/matrix.ts';
import type { Status } from '../../../src/view/status.ts';

const style = styleFor(false, {});
const cell = (status: Status): Cell => ({ status, kind: 'run' });
const blocked: Cell = { status: 'blocked', kind: 'run', by: 'sshd' };
const small: Matrix = {
  steps: ['locale', 'sshd', 'house'],
  rows: [
    { node: 'one', cells: [cell('changed'), cell('unavailable'), undefined] },
    { node: 'two', cells: [cell('failed'), cell('unavailable'), blocked] },
  ],
};

describe('The matrix as text', () => {
  it('has steps as rows and nodes as columns, without the steps that no node can run', () => {
    assert.equal(
      matrixText(small, { t: english, style, columns: 80 }),
      ['        one        two', 'locale  ✓ changed  ✗ failed', 'house              · blocked by sshd'].join(
        '\n',
      ),
    );
  });

  it('aligns its columns with wide characters', () => {
    const t = translator({ changed: '변경함', failed: '실패', 'blocked by {0}': '{0} 때문에 대기' });
    const lines = matrixText(small, { t, style, columns: 80 }).split('\n');
    assert.deepEqual(lines, [
      '        one       two',
      'locale  ✓ 변경함  ✗ 실패',
      'house             · sshd 때문에 대기',
    ]);
    const column = (line: string, text: string): number => widthOf(line.slice(0, line.indexOf(text)));
    assert.equal(column(lines[0] ?? '', 'two'), column(lines[1] ?? '', '✗'));
  });

  it('has nodes as rows, numbered steps as columns and a legend if the nodes do not fit', () => {
    const kinds: readonly Status[] = ['done', 'needed', 'unreachable', 'unknown'];
    const rows = Array.from({ length: 30 }, (_, index) => {
      return { node: `compute${index + 1}`, cells: [cell(kinds[index % 4] ?? 'done'), cell('done')] };
    });
    const text = matrixText({ steps: ['locale', 'upgrade'], rows }, { t: english, style, columns: 60 });
    const lines = text.split('\n');
    assert.equal(lines[0], '           1  2');
    assert.equal(lines[1], 'compute1   ✓  ✓');
    assert.equal(lines[3], 'compute3   !  ✓');
    assert.ok(lines.includes(' 2 upgrade'));
    assert.equal(lines.at(-1), '✓ done  ● needed  ! unreachable  ? unknown');
    assert.ok(Math.max(...lines.map(widthOf)) < 60);
  });

  it('is empty if there is nothing to show', () => {
    assert.equal(matrixText({ steps: [], rows: [] }, { t: english, style, columns: 80 }), '');
  });
});

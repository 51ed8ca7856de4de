import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newExplanations } from '../../../src/view/log/explanation.ts';
import { answeringPart, createPackageLog, isPackageLog } from '../../../src/view/log/package-log.ts';
import { createLogReader } from '../../../src/yum/explain/log-reader.ts';

const cases = join(import.meta.dirname, '../../cases');

function logsIn(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(join(cases, folder))
    .filter((file) => file.endsWith('.log'))
    .map((file) => [file, readFileSync(join(cases, folder, file), 'utf8')]);
}

const failing =
  'Loaded plugins: fastestmirror\nNo package chrny available.\nError: Nothing to do\nLoaded plugins: fastestmirror\nNo packages marked for update\n';

describe('A log that is not of a run', () => {
  it('has the outcome and the explanation that the command line reports', () => {
    for (const [name, text] of [...logsIn('fresh-logs'), ...logsIn('yum3'), ...logsIn('public-logs')]) {
      const reader = createLogReader();
      reader.push(text);
      const { summary, explanation } = reader.end();
      const part = answeringPart(createPackageLog().read(text));
      assert.equal(part?.summary.tool, summary.tool, name);
      if (summary.outcome !== 'incomplete') assert.equal(part?.summary.outcome, summary.outcome, name);
      assert.equal(part?.explanation?.id, explanation?.id, name);
    }
  });

  it('has a part for each run, and the same explained rows inside the lines of another program', () => {
    const plain = createPackageLog().read(failing);
    const carried = createPackageLog().read(failing.replace(/^(?=.)/gm, '2026-01-02T03:04:05.0000000Z '));
    assert.equal(plain.parts.length, 2);
    for (const { parts, ...view } of [plain, carried]) {
      assert.deepEqual(
        parts.map(({ first, summary }) => [first, summary.outcome]),
        [
          [0, 'failed'],
          [3, 'nothing-to-do'],
        ],
      );
      const rows = newExplanations({ parts, ...view }).map(({ row, explanation }) => [row, explanation.id]);
      assert.deepEqual(rows[0], [1, 'package-unavailable']);
    }
  });

  it('is recognized by its content in any carrier, and other texts are not', () => {
    for (const [name, text] of logsIn('yum3')) assert.ok(isPackageLog(text), name);
    assert.ok(isPackageLog(`${'an application starts\n'.repeat(9000)}${failing}`));
    for (const text of ['', 'GET /index.html 200\n'.repeat(50), '# Notes\n\nRun dnf upgrade on Monday.\n'])
      assert.equal(isPackageLog(text), false, text);
  });
});

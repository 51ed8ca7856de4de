import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { undoingOf } from '../../src/view/undo.ts';
import { clusterOf } from '../support/clusters.ts';
import { clusterText } from './world.ts';

const cluster = clusterOf(
  clusterText
    .replace('  - swift', '  - timezone')
    .replace('steps:', 'system: { timezone: Asia/Seoul }\nsteps:'),
);
const told = (step: string) => {
  const { possible, told: text } = undoingOf(cluster, step);
  return [possible, english(text)];
};

describe('what undoing a step comes to', () => {
  it('is what it gives back', () => {
    const [possible, text] = told('timezone');
    assert.equal(possible, true);
    assert.match(String(text), /^Undo restores the former time zone\./);
  });

  it('is done by hand where Stackprep cannot', () => {
    assert.deepEqual(told('upgrade'), [
      false,
      "An upgrade can't be undone safely; take a snapshot of the node first.",
    ]);
  });

  it('is not known of a step of the user’s own', () => {
    assert.deepEqual(told('house'), [false, 'It is not known what this step has changed.']);
  });
});

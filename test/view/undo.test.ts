import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { undoingOf } from '../../src/view/undo.ts';
import { clusterOf } from '../support/clusters.ts';
import { clusterText } from './world.ts';

const cluster = clusterOf(
  clusterText
    .replace('  - panko', '  - timezone')
    .replace('steps:', 'system: { timezone: Asia/Seoul }\nsteps:'),
);
const described = (step: string) => {
  const { possible, effect: text } = undoingOf(cluster, step);
  return [possible, english(text)];
};

describe('The description of an undo', () => {
  it('says what is restored', () => {
    const [possible, text] = described('timezone');
    assert.equal(possible, true);
    assert.match(String(text), /^Undo restores the former time zone\./);
  });

  it('explains what to do by hand when Stackprep cannot undo the step', () => {
    assert.deepEqual(described('upgrade'), [
      false,
      "An upgrade can't be undone safely; take a snapshot of the node first.",
    ]);
  });

  it('says that the changes of a custom step are not known', () => {
    assert.deepEqual(described('house'), [false, 'It is unknown what this step changed.']);
  });
});

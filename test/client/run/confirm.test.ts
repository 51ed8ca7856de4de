import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { confirmation, undoConfirmation } from '../../../src/client/run/confirm.ts';
import { unfinishedText } from '../../../src/client/run/unfinished-text.ts';
import { reachOf } from '../../../src/view/reach.ts';
import { clusterOf } from '../../support/clusters.ts';
import { clusterText } from '../../view/world.ts';

const cluster = clusterOf(clusterText);

describe('The confirmation before a run', () => {
  it('names the steps in order and the nodes', () => {
    const { question, detail } = confirmation(cluster, reachOf(cluster, {}));
    assert.equal(english(question), 'Run 3 steps on 3 nodes of lab?');
    assert.match(english(detail), /^Steps in this order: locale, upgrade, house$/m);
    assert.match(english(detail), /^Nodes: a \(10\.0\.0\.1\), c1 \(10\.0\.0\.11\), c2 \(10\.0\.0\.12\)$/m);
  });

  it('names the steps that cannot be undone', () => {
    const warning = (steps: readonly string[]) =>
      english(confirmation(cluster, reachOf(cluster, { steps })).detail)
        .split('\n')
        .at(-1);
    assert.equal(warning(['locale', 'upgrade', 'house']), 'Stackprep cannot undo: upgrade, house.');
    assert.equal(warning(['locale']), 'Steps that are already done change nothing.');
  });

  it('names only the nodes and steps of the selection', () => {
    const reach = reachOf(cluster, { steps: ['house'], nodes: ['a', 'c2'] });
    assert.deepEqual(reach, { nodes: [{ name: 'c2', host: '10.0.0.12' }], steps: ['house'] });
    assert.equal(english(confirmation(cluster, reach).question), 'Run 1 step on 1 node of lab?');
  });

  it('covers nothing when this version has no script for any of the steps', () => {
    assert.deepEqual(reachOf(cluster, { steps: ['panko'] }), { nodes: [], steps: [] });
  });

  it('says for an undo what is restored and on which nodes', () => {
    const whole = clusterOf(
      clusterText
        .replace('  - panko', '  - timezone')
        .replace('steps:', 'system: { timezone: Asia/Seoul }\nsteps:'),
    );
    const reach = reachOf(whole, { steps: ['timezone'] });
    const { question, detail } = undoConfirmation(whole, reach);
    assert.equal(english(question), 'Undo timezone on 3 nodes of lab?');
    assert.match(english(detail), /^Undo restores the former time zone\./);
    assert.match(english(detail), /^Nodes: a \(10\.0\.0\.1\), c1 \(10\.0\.0\.11\), c2 \(10\.0\.0\.12\)$/m);
  });

  it('says for every step of an undo what is restored, the last step first', () => {
    const reach = reachOf(cluster, { steps: ['locale', 'upgrade'], nodes: ['a'] });
    const { question, detail } = undoConfirmation(cluster, reach);
    assert.equal(english(question), 'Undo 2 steps on 1 node of lab?');
    assert.match(english(detail), /^upgrade: \S.*\nlocale: \S.*\n\nNodes: a \(10\.0\.0\.1\)$/);
  });

  it('says whether the unfinished run of a closed window was a run or an undo', () => {
    const texts = (['check', 'run', 'undo'] as const).map((kind) =>
      english(unfinishedText(kind, 'lab', 'NOW')),
    );
    assert.deepEqual(texts, [
      'A check of lab that started at NOW did not finish.',
      'A run of lab that started at NOW is still in progress on its nodes.',
      'An undo of lab that started at NOW is still in progress on its nodes.',
    ]);
  });

  it('counts the nodes that do not fit into a dialog', () => {
    const nodes = Array.from({ length: 25 }, (_, index) => ({ name: `n${index}`, host: 'h' }));
    const { detail } = confirmation(cluster, { nodes, steps: ['upgrade'] });
    assert.match(english(detail), /n19 \(h\) and 5 more$/m);
  });
});

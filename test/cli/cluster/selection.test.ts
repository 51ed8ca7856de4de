import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { selectionOf } from '../../../src/cli/cluster/selection.ts';
import { clusterOf } from '../../support/clusters.ts';

const cluster = clusterOf(`cluster: lab
nodes:
  "compute[1:12]": { address: "10.0.0.[1:12]" }
  control: { address: 10.0.1.1 }
steps: [locale, shell-profile]
`);

describe('A selection', () => {
  it('covers everything if nothing is named', () => {
    assert.deepEqual(selectionOf(cluster, { nodes: [], steps: [] }), { ok: true, selection: {} });
  });

  it('expands ranges and keeps the order of steps', () => {
    assert.deepEqual(selectionOf(cluster, { nodes: ['control', 'compute[2:3]'], steps: ['locale'] }), {
      ok: true,
      selection: { nodes: ['control', 'compute2', 'compute3'], steps: ['locale'] },
    });
  });

  const refusals: readonly (readonly [nodes: string[], steps: string[], text: RegExp])[] = [
    [['contrl'], [], /Unknown node: contrl\. Did you mean control\?/],
    [['zzzzzzzz'], [], /Unknown node: zzzzzzzz\. The nodes in this file are: compute1, .*compute12, …/],
    [['compute[11:13]'], [], /Unknown node: compute13/],
    [['compute[3:1]'], [], /compute\[3:1\] is not a range/],
    [[], ['locales'], /Unknown step: locales\. Did you mean locale\?/],
    [[], ['upgrade'], /Unknown step: upgrade\. The steps in this file are: locale, shell-profile\./],
  ];
  for (const [nodes, steps, text] of refusals) {
    it(`with ${[...nodes, ...steps].join(', ')} is refused`, () => {
      const selected = selectionOf(cluster, { nodes, steps });
      assert.ok(!selected.ok);
      assert.match(english(selected.message), text);
    });
  }
});

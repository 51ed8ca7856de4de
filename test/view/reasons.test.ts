import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { reasonText } from '../../src/view/reasons.ts';

describe('the text of a reason', () => {
  it('reads the codes of journals that were written before the codes were renamed', () => {
    const renamed = {
      'own-not-run': 'custom-not-run',
      'own-check-says-no': 'custom-needed',
      'own-check-broken': 'custom-check-broken',
    };
    for (const [old, code] of Object.entries(renamed))
      assert.deepEqual(reasonText({ code: old, args: ['1'] }), reasonText({ code, args: ['1'] }));
  });

  it('quotes a code that is unknown', () => {
    assert.equal(
      english(reasonText({ code: 'constructor', args: ['x'] })),
      'The node gave an unknown reason: "constructor x".',
    );
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
import { failureLabel } from '../../src/view/failures.ts';
import { reasonText } from '../../src/view/reasons.ts';

describe('The text of a reason', () => {
  it('supports every code of stored journals that the changelog renames', () => {
    const changelog = readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
    const [reasonCodes = ''] = changelog.split('Problem codes:');
    const rows = [...reasonCodes.matchAll(/^\| `([a-z-]+)` \| `([a-z-]+)` \|$/gm)];
    assert.ok(rows.length > 40);
    for (const [, old = '', code = ''] of [...rows, ['', 'own-check-says-no', 'custom-needed']]) {
      const label = failureLabel(code);
      if (label === failureLabel(old)) continue;
      const [before, now] = [reasonText({ code: old, args: ['1'] }), reasonText({ code, args: ['1'] })];
      assert.deepEqual(before, now, old);
      assert.doesNotMatch(english(now), /unknown reason/, code);
    }
  });

  it('quotes an unknown code', () => {
    assert.equal(
      english(reasonText({ code: 'constructor', args: ['x'] })),
      'The node reported an unknown reason: "constructor x".',
    );
  });
});

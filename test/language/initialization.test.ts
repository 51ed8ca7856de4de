import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import { decodeInitialization } from '../../src/language/initialization.ts';

describe('The initialization options', () => {
  it('carry the translations', () => {
    const { translate } = decodeInitialization({ locale: 'ko', bundle: { Run: '실행', broken: 7 } }, english);
    assert.equal(translate(msg('Run')), '실행');
    assert.equal(translate(msg('Check')), 'Check');
  });

  it('can carry the reference page', () => {
    assert.equal(decodeInitialization({ reference: 'file:///r.md' }, english).reference, 'file:///r.md');
    assert.equal(decodeInitialization({ reference: 7 }, english).reference, undefined);
  });

  it('can be anything; if they are invalid, the texts are English', () => {
    for (const options of [undefined, null, 7, {}, { bundle: 'x' }, { bundle: null }])
      assert.equal(decodeInitialization(options, english).translate(msg('Run')), 'Run');
  });
});

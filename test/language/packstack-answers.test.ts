import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { completeAnswers, hoverAnswers, readAnswersDocument } from '../../src/language/packstack-answers.ts';

const document = readAnswersDocument({
  uri: 'file:///answers.txt',
  version: 1,
  text: '[general]\nconfig_mysql_pw=hunter2\nCONFIG_MYSQL_INSTALL=\n\n',
});

describe('Deprecated key names in an answer file', () => {
  it('show the documentation of the new name on hover', () => {
    const hover = hoverAnswers(document, { line: 1, character: 3 }, english);
    assert.match(JSON.stringify(hover?.contents), /\*\*CONFIG_MARIADB_PW\*\*/);
  });

  it('complete the values of the new name', () => {
    const items = completeAnswers(document, { line: 2, character: 21 }, english);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['y', 'n'],
    );
  });

  it('count as answered, so that the new name is not offered again', () => {
    const labels = completeAnswers(document, { line: 3, character: 0 }, english).map(({ label }) => label);
    assert.equal(labels.includes('CONFIG_MARIADB_PW'), false);
    assert.ok(labels.includes('CONFIG_MARIADB_USER'));
  });
});

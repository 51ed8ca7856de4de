import assert from 'node:assert/strict';
import { english, joined, msg, plain, translator } from '../../src/base/l10n.ts';

const korean = translator({ 'Check {0}.': '{0}을 확인합니다.', failed: '실패', done: '완료' });

describe('A message', () => {
  it('is translated, including its values that are messages', () => {
    const message = msg('Check {0}.', msg('failed'));
    assert.equal(english(message), 'Check failed.');
    assert.equal(korean(message), '실패을 확인합니다.');
  });

  it('without a translation stays English, and keeps a placeholder that has no value', () => {
    assert.equal(korean(msg('{0} nodes, {1}', 3)), '3 nodes, {1}');
  });

  it('without words is the same in every language, even if it looks like a pattern', () => {
    for (const text of ['failed', '{0}', 'constructor', ''])
      assert.deepEqual([english(plain(text)), korean(plain(text))], [text, text]);
  });

  it('joined from several parts translates each part and keeps the separator', () => {
    const message = joined(['web1', 2, msg('failed'), joined([msg('done'), plain('(3)')], ' ')], ', ');
    assert.equal(english(message), 'web1, 2, failed, done (3)');
    assert.equal(korean(message), 'web1, 2, 실패, 완료 (3)');
  });

  it('joined without a separator has nothing between its parts, and is empty without parts', () => {
    assert.equal(english(joined([msg('done'), '.'])), 'done.');
    assert.equal(english(joined([], ', ')), '');
  });

  it('never interprets a part or a value as a pattern or a separator', () => {
    assert.equal(english(joined(['{0}', '$&'], '{0}')), '{0}{0}$&');
    assert.equal(english(msg('{0} {1}', '{1}', '$1')), '{1} $1');
  });
});

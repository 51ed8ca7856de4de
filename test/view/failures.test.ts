import assert from 'node:assert/strict';
import type { Failure } from '../../src/base/failure.ts';
import { english, msg } from '../../src/base/l10n.ts';
import { failureNote, failureText, saidOf } from '../../src/view/failures.ts';

function failure(detail: string | undefined, message = msg('{0} does not answer.', 'a')): Failure {
  return {
    code: 'auth',
    message,
    action: msg('Check the key.'),
    ...(detail === undefined ? {} : { detail }),
  };
}

describe('The detail of a failure', () => {
  it('is shown between what failed and what to do', () => {
    assert.equal(
      english(failureText(failure('No way.'))),
      'a does not answer. Details: "No way." Check the key.',
    );
    assert.equal(english(failureNote(failure('No way.'))), 'login refused: "No way."');
  });

  it('is omitted when it is empty', () => {
    for (const detail of [undefined, '', ' \n\t']) {
      assert.equal(english(failureText(failure(detail))), 'a does not answer. Check the key.');
      assert.equal(english(failureNote(failure(detail))), 'login refused');
    }
  });

  it('is not repeated when the message quotes it, in any display language', () => {
    const reasons = msg('{0}; {1}', msg('key file {0}: not accepted', '~/.ssh/id'), msg('password: wrong'));
    const message = msg('{0} does not let {1} log in: {2}.', 'a', 'root', reasons);
    assert.equal(saidOf(failure('key file ~/.ssh/id: not accepted; password: wrong', message)), undefined);
    assert.equal(saidOf(failure('Check the key.')), undefined);
    assert.equal(saidOf(failure('password: expired', message)), 'password: expired');
  });

  it('is not repeated when the message quotes it in full, even when it is longer than the limit', () => {
    const long = 'key file: not accepted; '.repeat(40).trim();
    assert.equal(saidOf(failure(long, msg('a: {0}.', long))), undefined);
    assert.equal(saidOf(failure(long))?.length, 300);
  });

  it('is shown on one line, with control characters escaped', () => {
    assert.equal(saidOf(failure('one\r\n\u202etwo\x1b[0m')), 'one <U+202E>two<U+001B>[0m');
  });
});

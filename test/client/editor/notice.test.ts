import assert from 'node:assert/strict';
import { english, msg } from '../../../src/base/l10n.ts';
import { noticeText } from '../../../src/client/editor/notice.ts';
import { logText } from '../../../src/client/output/log-text.ts';

/** How VS Code finds links in a notification (`parseLinkedText` in its source, 1.91). */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

describe('Text from a node in the editor', () => {
  it('never becomes a link in a notification', () => {
    for (const text of [
      'Details: "[Fix it](command:workbench.action.terminal.sendSequence?x)"',
      '[a](https://example.org) and [b](file:///etc/passwd "t")',
      '[a]((x [b](command:y)',
    ]) {
      assert.match(text, links);
      assert.doesNotMatch(noticeText(text), links);
    }
  });

  it('cannot reverse text in a notification or in the output channel', () => {
    assert.equal(noticeText('a\u202eb'), 'a<U+202E>b');
    assert.equal(logText({ level: 'info', node: 'a', text: 'x\u2067y\tz' }, english), 'a | x<U+2067>y\tz');
    assert.equal(logText({ level: 'note', text: msg('{0}', 'x\u202ey') }, english), 'x<U+202E>y');
  });
});

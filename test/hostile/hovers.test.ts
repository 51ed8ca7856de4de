import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import { createDocumentReader } from '../../src/language/document/document.ts';
import { hoverAt } from '../../src/language/hover.ts';
import { dangersIn, fileWith } from '../support/hostile-file.ts';

/** What Markdown makes a request, a command or a page of: images, links, HTML, and ends of code, quotes and lists. */
const attacks = [
  '![x](http://evil.example/a.png)',
  '`![x](http://evil.example/b.png)`',
  '``` ![x](http://evil.example/c.png)',
  '<img src=http://evil.example/d.png>',
  '`<img src=http://evil.example/e.png>`',
  '[x](command:evil.run)',
  '`[x](command:evil.run)`',
  '<http://evil.example/f>',
  '[x]: http://evil.example/g',
  '\\`![x](http://evil.example/h.png)\\`',
  '$(gear)`$(trash)',
] as const;

describe('Hovers and completions of a hostile cluster file', () => {
  it('are seen by this test if a name is not encoded', () => {
    for (const attack of attacks.slice(0, 8))
      assert.notDeepEqual(dangersIn(attack.replace(/^`|`$/g, '')), []);
  });

  for (const attack of attacks) {
    it(`fetch, run and embed nothing: ${attack}`, () => {
      const text = fileWith(attack);
      const document = createDocumentReader()({ uri: 'file:///a.cluster.yaml', version: 1, text });
      const asker = { translate: english, hasSnippets: true, hasSuggestCommand: true };
      let shown = 0;
      const check = (markdown: string): void => {
        shown += 1;
        assert.deepEqual(dangersIn(markdown), [], markdown);
      };
      for (let offset = 0; offset < text.length; offset += 3) {
        const contents = hoverAt(document, offset, english)?.contents;
        if (typeof contents === 'object' && 'value' in contents) check(contents.value);
      }
      for (let offset = 0; offset < text.length; offset += 41)
        for (const { documentation } of completionsAt(document, offset, asker, { interfaces: {} }))
          if (typeof documentation === 'object') check(documentation.value);
      assert.ok(shown > 20, `${shown} texts were shown`);
    });
  }
});

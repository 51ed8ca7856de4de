import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { english } from '../../src/base/l10n.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import { createDocumentReader } from '../../src/language/document/document.ts';
import { hoverAt } from '../../src/language/hover.ts';

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

/** A file with an attack in every place that takes a name or a text of the user. */
function fileWith(attack: string): string {
  const text = JSON.stringify(attack);
  return `cluster: ${text}
openstack: { release: ${text}, installer: packstack, components: [${text}] }
ssh: { user: ${text}, identity: ${text}, jump: ${text} }
nodes:
  ${text}: { address: ${text}, roles: [${text}, controller], host: ${text}, user: ${text} }
  n1: { address: 10.0.0.1, roles: [${text}] }
groups: { ${text}: { user: ${text} } }
networks: { ${text}: { cidr: ${text}, interface: ${text} } }
repositories: { archive: ${text}, extra: [{ id: ${text}, baseurl: ${text}, gpgkey: ${text} }] }
system: { os: ${text}, timezone: ${text}, locale: ${text} }
kernel: { sysctl: { ${text}: ${text} }, modules: [${text}], limits: [{ domain: ${text}, item: nofile, value: ${text} }] }
users: { ${text}: { groups: [${text}], keys: [${text}], shell: ${text}, password: { secret: ${text} } } }
sshd: { ${text}: ${text}, Banner: ${text} }
services:
  mariadb: { on: ${text}, bind-address: ${text} }
  chrony: { on: ${text}, servers: [${text}], allow: ${text} }
  rabbitmq: { on: ${text}, user: ${text}, password: { secret: ${text} } }
packstack: { ${text}: ${text}, CONFIG_NTP_SERVERS: ${text} }
steps:
  - { name: ${text}, check: ${text}, run: ${text}, on: ${text} }
  - ${text}
`;
}

const parser = new MarkdownIt({ html: true, linkify: false });

/** What a rendered text would fetch, run or contain as HTML. */
function dangersIn(markdown: string): readonly string[] {
  const found: string[] = [];
  for (const token of parser.parse(markdown, {}).flatMap((each) => [each, ...(each.children ?? [])])) {
    if (/^(?:html_|image)/.test(token.type)) found.push(`${token.type}: ${token.content}`);
    const target = token.attrGet('href') ?? token.attrGet('src') ?? '';
    if (/evil/.test(target)) found.push(`${token.type}: ${target}`);
  }
  return found;
}

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

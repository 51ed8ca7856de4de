import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { snippetsFor } from '../../src/language/snippets.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { catalogue } from '../../src/steps/catalogue.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = Object.entries(snippetsFor([english]) as Readonly<Record<string, Snippet>>);

/** The text of a snippet when no placeholder is changed. */
function expanded({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d+/g, '');
}

/** A complete file with a snippet in its place. */
function whole(text: string): string {
  if (text.startsWith('cluster:')) return text;
  if (!text.startsWith('- ')) return `cluster: lab\nnodes:\n  ${text}\n`;
  const head =
    'cluster: lab\nopenstack: { release: train }\nnodes:\n  a: { address: 10.0.0.1, roles: [compute] }\nsteps:\n';
  return head + text.replaceAll(/^/gm, '  ');
}

describe('The snippets', () => {
  for (const [name, snippet] of snippets) {
    it(`make a file without an error: ${name}`, () => {
      const { problems } = decodeCluster(whole(expanded(snippet)));
      assert.deepEqual(
        problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
        [],
      );
      assert.ok(snippet.description.length > 5 && snippet.prefix.length > 0);
    });
  }

  it('have no warning either when they are complete clusters', () => {
    const clusters = snippets.filter(([, { prefix }]) => prefix.includes('cluster'));
    assert.equal(clusters.length, 3);
    for (const [name, snippet] of clusters) {
      const { problems } = decodeCluster(expanded(snippet));
      const warnings = problems.filter(({ severity }) => severity !== 'information');
      assert.deepEqual(
        warnings.map(({ code, message }) => `${code} ${english(message)}`),
        [],
        name,
      );
    }
  });

  it('cover every step of the catalog', () => {
    const prefixes = new Set(snippets.flatMap(([, { prefix }]) => prefix));
    assert.deepEqual(
      catalogue.filter(({ id }) => !prefixes.has(`step-${id}`)),
      [],
    );
  });
});

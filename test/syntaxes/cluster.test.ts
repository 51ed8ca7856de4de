import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

const root = join(import.meta.dirname, '../..');
const { resolve } = createRequire(import.meta.url);

/** Our grammar, and the shell grammar that it embeds. */
const files: Readonly<Record<string, string>> = {
  'source.openstack-cluster': join(root, 'syntaxes/openstack-cluster.tmLanguage.json'),
  'source.shell': resolve('tm-grammars/grammars/shellscript.json'),
};

async function loadGrammar(): Promise<IGrammar> {
  await oniguruma.loadWASM(readFileSync(resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new Registry({
    onigLib: Promise.resolve(oniguruma),
    loadGrammar: async (scope) => {
      const path = files[scope];
      return path === undefined ? null : parseRawGrammar(await readFile(path, 'utf8'), path);
    },
  });
  const found = await registry.loadGrammar('source.openstack-cluster');
  assert.ok(found);
  return found;
}

/** The scopes of every word of a text: `word | scopes`, by line. */
function scopesOf(grammar: IGrammar, text: string): readonly (readonly string[])[] {
  let state = INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => {
      return `${line.slice(startIndex, endIndex).trim()} | ${scopes.join(' ')}`;
    });
  });
}

const text = `cluster: lab # a comment
nodes:
  a: &base { address: 10.0.0.1, port: 22 }
  b: *base
  "c[1:2]": { address: "10.0.0.[2:3]" }
steps:
  - name: rules
    check: |
      test -f /etc/house
    run: |
      if true; then echo "$HOME"; fi
      yum -y install house
    on: compute
  - upgrade
services: {}`;

describe('The colors of a cluster file', () => {
  let lines: readonly (readonly string[])[];
  before(async () => {
    lines = scopesOf(await loadGrammar(), text);
  });

  const has = (line: number, word: string, scope: RegExp): void => {
    const found = lines[line]?.find((token) => token.startsWith(`${word} | `));
    assert.match(found ?? `${word} is no token of its own: ${lines[line]?.join('\n')}`, scope);
  };

  it('distinguish keys, comments, numbers, text, anchors and aliases', () => {
    has(0, 'cluster', /entity\.name\.tag/);
    has(0, 'lab', /string\.unquoted/);
    has(0, 'a comment', /comment\.line/);
    has(2, 'address', /entity\.name\.tag/);
    has(2, '22', /constant\.numeric/);
    has(2, 'base', /anchor/);
    has(3, 'base', /alias/);
    has(4, 'c[1:2]', /entity\.name\.tag|string\.quoted/);
    has(4, '10.0.0.[2:3]', /string\.quoted\.double/);
  });

  it('are those of shell inside `check` and `run`, and only there', () => {
    const shell = /meta\.embedded\.block\.shellscript/;
    for (const line of [8, 10, 11])
      assert.ok(
        lines[line]?.every((token) => shell.test(token)),
        String(line),
      );
    for (const line of [6, 12, 13, 14])
      assert.ok(!lines[line]?.some((token) => shell.test(token)), lines[line]?.join('\n'));
    has(10, 'if', /keyword\.control/);
    has(10, 'echo', /support\.function\.builtin/);
    has(11, 'yum', /entity\.name\.(function|command)/);
    has(12, 'on', /entity\.name\.tag/);
    has(14, 'services', /entity\.name\.tag/);
  });

  it('are those of shell in a one-line command too', async () => {
    const [, , run] = scopesOf(await loadGrammar(), 'steps:\n  - name: a\n    run: yum -y install x # now\n');
    assert.ok(
      run?.some((token) => /^yum .*meta\.embedded/.test(token)),
      run?.join('\n'),
    );
    assert.ok(
      run?.some((token) => /^now .*comment/.test(token)),
      run?.join('\n'),
    );
  });
});

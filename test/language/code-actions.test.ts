import assert from 'node:assert/strict';
import type { CodeAction, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { english, translator } from '../../src/base/l10n.ts';
import { positions } from '../../src/base/position.ts';
import { codeActions } from '../../src/language/code-actions.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const uri = 'file:///lab.cluster.yaml';
const text = `cluster: lab
openstack: { release: steiin }
nodes:
  a: { adress: 10.0.0.1 }
  b: { adress: 10.0.0.2, roles: [controller, controller] }
steps: [upgrad]
`;
const line = (number: number): Range => ({
  start: { line: number, character: 0 },
  end: { line: number, character: 99 },
});

function actions(range: Range, only?: string[], translate = english): readonly CodeAction[] {
  const decoded = { uri, text, positions: positions(text), problems: decodeCluster(text).problems };
  return codeActions(decoded, { range, context: only ? { only } : {} }, { translate });
}

function applied(action: CodeAction | undefined, to = text): string {
  const document = TextDocument.create(uri, 'openstack-cluster', 1, to);
  return TextDocument.applyEdits(document, action?.edit?.changes?.[uri] ?? []);
}

const whole: Range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe('The code actions', () => {
  it('fix the problem under the cursor, and are preferred when there is only one', () => {
    const at = { start: { line: 1, character: 25 }, end: { line: 1, character: 25 } };
    const [first, ...rest] = actions(at);
    assert.equal(first?.title, 'Change to stein');
    assert.equal(first.isPreferred, true);
    assert.deepEqual(
      first.diagnostics?.map(({ code }) => code),
      ['release-unknown'],
    );
    assert.match(applied(first), /release: stein \}/);
    assert.deepEqual(
      rest.map(({ title }) => title),
      ['Fix all auto-fixable problems in this file'],
    );
  });

  it('are absent when nothing can be fixed', () => {
    assert.deepEqual(actions(line(0)), []);
  });

  it('fix all problems of one kind', () => {
    const all = actions(line(3)).find(({ title }) => title === 'Fix all 2 of key-unknown');
    assert.equal(applied(all).match(/ address:/g)?.length, 2);
    assert.match(applied(all), /steiin/);
  });

  it('fix the whole file when the editor asks for source.fixAll, and only then', () => {
    assert.ok(actions(whole).every(({ kind }) => kind === 'quickfix'));
    for (const only of ['source', 'source.fixAll', 'source.fixAll.stackprep']) {
      const [all, ...others] = actions(line(0), [only]);
      assert.deepEqual([all?.kind, others], ['source.fixAll.stackprep', []]);
      const result = decodeCluster(applied(all));
      const left = result.problems.filter(({ severity }) => severity !== 'information');
      assert.deepEqual(
        left.map(({ code }) => code),
        [],
      );
    }
    assert.deepEqual(actions(whole, ['source.organizeImports']), []);
    assert.deepEqual(actions(whole, ['refactor']), []);
  });

  it('are in the display language', () => {
    const translate = translator({ 'Change to {0}': '{0}(으)로 바꾸기' });
    assert.equal(actions(line(1), ['quickfix'], translate)[0]?.title, 'stein으로 바꾸기');
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openInWorkspace } from './support.ts';

const text = `cluster: lab
openstack: { release: stein }
nodes:
   a: {address: 10.0.0.1, roles: [controller]}
system: { os: centos-7 }
services:
  mariadb: { on: controller }
steps:
  - openstack-client
  - 
`;

describe('The language of cluster files', () => {
  it('supports completion, hover, inlay hints, rename and formatting in a real editor', async () => {
    const { document } = await openInWorkspace('language.cluster.yaml', text);
    const { uri } = document;
    const ask = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
      vscode.commands.executeCommand<T>(`vscode.execute${command}`, uri, ...args);
    const at = (word: string, by = 0): vscode.Position => document.positionAt(text.indexOf(word) + by);

    const end = at('  - \n', 4);
    const list = await eventually(async () => {
      const found = await ask<vscode.CompletionList>('CompletionItemProvider', end);
      assert.ok(
        found.items.some(({ label }) => label === 'upgrade'),
        JSON.stringify(found.items.length),
      );
      return found;
    });
    assert.ok(!list.items.some(({ label }) => label === 'openstack-client'), 'a step is offered only once');

    const [hover] = await ask<vscode.Hover[]>('HoverProvider', at('openstack-client', 3));
    const words = hover?.contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
    assert.match(words ?? '', /python-openstackclient/);

    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await ask<vscode.InlayHint[]>('InlayHintProvider', whole);
    assert.ok(
      hints.some(({ label }) => label === '→ python-openstackclient'),
      JSON.stringify(hints),
    );

    const renamed = await ask<vscode.WorkspaceEdit>('DocumentRenameProvider', at('[controller', 1), 'head');
    assert.equal(renamed.get(uri).length, 2);

    const edits = await ask<vscode.TextEdit[]>('FormatDocumentProvider', { tabSize: 2, insertSpaces: true });
    const edit = new vscode.WorkspaceEdit();
    edit.set(uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /^ {2}a: \{ address: 10\.0\.0\.1, roles: \[controller\] \}$/m);
  });
});

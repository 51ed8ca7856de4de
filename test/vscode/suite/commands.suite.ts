import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, languageId } from '../../../src/protocol/contributions.ts';
import { eventually, openInWorkspace } from './support.ts';

describe('The commands', () => {
  it('are all registered once the extension is active', async () => {
    await openInWorkspace('commands.cluster.yaml', 'cluster: lab\n');
    await eventually(async () => {
      const known = await vscode.commands.getCommands(true);
      assert.deepEqual(
        Object.values(commands).filter((id) => !known.includes(id)),
        [],
      );
    });
  });

  it('make a cluster file without problems from the first sample', async () => {
    let isMade = false;
    const made = vscode.commands.executeCommand(commands.createFromSample).then(() => {
      isMade = true;
    });
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(isMade, 'the command still asks which sample to take');
    });
    await made;
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    const { uri, languageId: language } = document;
    try {
      assert.equal(language, languageId);
      assert.match(uri.path, /\/articles-stein\.cluster\.yaml$/);
      await eventually(async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          uri,
        );
        assert.ok(lenses.length > 0);
      });
      const errors = vscode.languages
        .getDiagnostics(uri)
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
      assert.deepEqual(errors, []);
    } finally {
      await deleteFile(uri);
    }
  });
});

/** Deletes a file as the explorer does, and waits until its document is closed: the nodes of a known cluster decide about names. */
async function deleteFile(uri: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(uri);
  assert.ok(await vscode.workspace.applyEdit(edit));
  await eventually(() => {
    const open = vscode.workspace.textDocuments.map((document) => document.uri.toString());
    assert.ok(!open.includes(uri.toString()), `${uri} is still open`);
  });
}

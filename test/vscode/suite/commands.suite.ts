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

  it('create a new cluster file without problems', async () => {
    await vscode.commands.executeCommand(commands.createClusterFile);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, languageId);
    assert.equal(document?.isUntitled, true);
    const uri = document?.uri ?? vscode.Uri.parse('none:');
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
  });
});

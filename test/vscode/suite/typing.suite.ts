import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openInWorkspace } from './support.ts';

const valid = `cluster: lab
openstack: { release: stein }
nodes:
  a: { address: 10.0.0.1 }
steps:
  - upgrade
`;

async function replaceAll(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const { document } = editor;
  const start = document.getText().indexOf(from);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  assert.ok(await editor.edit((edit) => edit.replace(range, to)));
}

async function titles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return lenses.map(({ range, command }) => `${range.start.line} ${command?.title}`);
}

/** The code of a diagnostic that links to the reference page. */
function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

describe('Typing in a cluster file', () => {
  it('adds and removes problems without saving', async () => {
    const editor = await openInWorkspace('typing.cluster.yaml', valid);
    const { uri } = editor.document;
    const errors = () =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    const codes = () => errors().map(codeOf);
    await replaceAll(editor, 'stein', 'steiin');
    await eventually(() => assert.deepEqual(codes(), ['release-unknown']));
    const [error] = errors();
    assert.equal(editor.document.getText(error?.range), 'steiin');
    assert.equal(error?.source, 'Stackprep');
    const { code } = error;
    assert.ok(typeof code === 'object' && code.target.scheme === 'command', String(code));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      ...[uri, error.range, vscode.CodeActionKind.QuickFix.value],
    );
    const [fix] = actions;
    assert.equal(fix?.title, 'Change to stein');
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await eventually(() => assert.deepEqual(codes(), []));
    await replaceAll(editor, 'stein', 'steiin');
    await eventually(() => assert.deepEqual(codes(), ['release-unknown']));
    await replaceAll(editor, 'steiin', 'stein');
    await eventually(() => assert.deepEqual(codes(), []));
    assert.equal(editor.document.isDirty, true);
  });

  it('moves the code lenses with their lines', async () => {
    const editor = await openInWorkspace('lenses.cluster.yaml', valid);
    const { uri } = editor.document;
    await eventually(async () => assert.ok((await titles(uri)).includes('5 ▶ Run on 1 node')));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# one\n# two\n'));
    await eventually(async () => assert.ok((await titles(uri)).includes('7 ▶ Run on 1 node')));
  });

  it('keeps the code lenses while the text is broken', async () => {
    const editor = await openInWorkspace('broken.cluster.yaml', valid);
    const { uri } = editor.document;
    await eventually(async () => assert.ok((await titles(uri)).length > 0));
    await replaceAll(editor, 'nodes:', 'nodes: [');
    await eventually(() => assert.ok(vscode.languages.getDiagnostics(uri).length > 0));
    assert.ok((await titles(uri)).length > 0);
  });
});

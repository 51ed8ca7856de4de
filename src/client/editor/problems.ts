import { commands, Uri, window } from 'vscode';

/** Opens the file, so that its diagnostics are there, and the list of problems. */
export async function openProblems(uri: string): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), { preview: false });
  await commands.executeCommand('workbench.actions.view.problems');
}

import { commands, Uri, window } from 'vscode';

/** Opens the file, to load its diagnostics, and the Problems view. */
export async function openProblems(uri: string): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), { preview: false });
  await commands.executeCommand('workbench.actions.view.problems');
}

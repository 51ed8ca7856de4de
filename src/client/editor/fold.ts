import { commands } from 'vscode';

/** Unfolds the regions of the active editor that start at some rows. */
export async function unfoldRows(rows: readonly number[]): Promise<void> {
  if (rows.length > 0) await commands.executeCommand('editor.unfold', { selectionLines: rows, levels: 1 });
}

/** Folds the regions of the active editor that start at some rows. */
export async function foldRows(rows: readonly number[]): Promise<void> {
  if (rows.length > 0)
    await commands.executeCommand('editor.fold', { selectionLines: rows, levels: 1, direction: 'down' });
}

import { Selection, type TextEditor, TextEditorRevealType, window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { logLanguageId } from '../../protocol/contributions.ts';
import { t } from '../editor/texts.ts';
import type { LogViews } from './views.ts';

/** Moves the cursor to a row, by default to its start, and reveals it in the center. */
export function showRow(editor: TextEditor, row: number, column = 0): void {
  const line = editor.document.lineAt(Math.min(row, editor.document.lineCount - 1));
  const at = line.range.start.with({ character: column });
  editor.selection = new Selection(at, at);
  editor.revealRange(line.range, TextEditorRevealType.InCenter);
}

/** The next (or previous) of some rows in order, wrapping around. */
export function nextRow(rows: readonly number[], at: number, direction: 1 | -1): number | undefined {
  const next = direction === 1 ? rows.find((row) => row > at) : rows.findLast((row) => row < at);
  return next ?? (direction === 1 ? rows[0] : rows.at(-1));
}

/** Moves to the next (or previous) error of the active log, wrapping around. */
export function goToError(views: LogViews, direction: 1 | -1): void {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== logLanguageId) return;
  const { marks } = views.of(editor.document);
  const errors = marks.filter(({ severity }) => severity === 'error');
  const rows = (errors.length > 0 ? errors : marks).map(({ row }) => row);
  const at = editor.selection.active.line;
  const row = nextRow(rows, at, direction);
  if (row === undefined) {
    window.setStatusBarMessage(t(msg('This log has no errors.')), 4000);
    return;
  }
  showRow(editor, row);
}

import { Disposable, Range, type TextEditor, TextEditorRevealType, window, workspace } from 'vscode';
import { logLanguageId } from '../../protocol/contributions.ts';

/** Lines that may be below the last visible one while the editor still counts as being at the end. */
const slack = 2;

function isAtEnd({ visibleRanges, document }: TextEditor): boolean {
  return (visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 1 - slack;
}

/** Shows the last line. */
export function revealEnd(editor: TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.revealRange(new Range(end, end), TextEditorRevealType.Default);
}

/** Keeps an editor that shows the end of a log at the end while the log grows; a person who scrolls up is left alone. */
export function followLogs(): Disposable {
  const atEnd = new WeakSet<TextEditor>();
  return Disposable.from(
    window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      if (textEditor.document.languageId !== logLanguageId) return;
      if (isAtEnd(textEditor)) atEnd.add(textEditor);
      else atEnd.delete(textEditor);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId !== logLanguageId) return;
      for (const editor of window.visibleTextEditors)
        if (editor.document === document && atEnd.has(editor)) revealEnd(editor);
    }),
  );
}

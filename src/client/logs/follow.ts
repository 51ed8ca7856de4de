import { Disposable, Range, type TextEditor, TextEditorRevealType, window, workspace } from 'vscode';
import { logLanguageId } from '../../protocol/contributions.ts';

/** Maximum number of lines below the last visible one for an editor to count as being at the end. */
const slack = 2;

function isAtEnd({ visibleRanges, document }: TextEditor): boolean {
  return (visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 1 - slack;
}

/** Reveals the last line. */
export function revealEnd(editor: TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.revealRange(new Range(end, end), TextEditorRevealType.Default);
}

/** Keeps an editor at the end of a growing log, unless the user has scrolled up. */
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

import { Disposable, languages, type TextDocument, type TextEditor, window, workspace } from 'vscode';
import { logLanguageId, schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { type LogAddress, logAddress, logUri } from './address.ts';
import { createLogDecorations } from './decorations.ts';
import { followLogs, revealEnd } from './follow.ts';
import { goToError, showRow } from './goto.ts';
import { registerLogHover } from './hover.ts';
import { registerLogStructure } from './structure.ts';
import { createLogViews } from './views.ts';

export interface LogDocuments extends Disposable {
  /** Opens a log: at a row, else at its main error, else at its end while it is being written. */
  show(address: LogAddress, at: { readonly row?: number; readonly isRunning?: boolean }): Promise<void>;
  goToError(direction: 1 | -1): void;
}

/** The open log documents with their parsed contents. */
export function createLogDocuments(targetOf: (address: LogAddress) => Target | undefined): LogDocuments {
  const views = createLogViews();
  const decorations = createLogDecorations(views);
  const target = (document: TextDocument): Target | undefined => {
    const address = logAddress(document.uri);
    return address && targetOf(address);
  };
  const name = async (document: TextDocument): Promise<void> => {
    if (document.uri.scheme === schemes.log && document.languageId !== logLanguageId)
      await languages.setTextDocumentLanguage(document, logLanguageId);
  };
  const draw = (document?: TextDocument): void => {
    for (const editor of window.visibleTextEditors)
      if (!document || editor.document === document) decorations.update(editor);
  };
  for (const document of workspace.textDocuments) void name(document);
  draw();

  function place(editor: TextEditor, at: { readonly row?: number; readonly isRunning?: boolean }): void {
    const view = views.of(editor.document);
    const main = view.explanation?.line ?? view.summary.mainError;
    const error = view.outline.marks.find(({ line }) => line === main)?.row;
    const row = at.row ?? (at.isRunning ? undefined : error);
    if (row !== undefined) showRow(editor, row);
    else if (at.isRunning) revealEnd(editor);
  }

  const parts = Disposable.from(
    decorations,
    registerLogStructure(views),
    registerLogHover(views, target),
    followLogs(),
    workspace.onDidOpenTextDocument((document) => void name(document).then(() => draw(document))),
    workspace.onDidCloseTextDocument((document) => views.forget(document)),
    workspace.onDidChangeTextDocument(({ document }) => draw(document)),
    window.onDidChangeVisibleTextEditors(() => draw()),
  );
  return {
    show: async (address, at) => {
      const document = await workspace.openTextDocument(logUri(address));
      await name(document);
      const editor = await window.showTextDocument(document, { preview: true });
      place(editor, at);
      decorations.update(editor);
    },
    goToError: (direction) => goToError(views, direction),
    dispose: () => parts.dispose(),
  };
}

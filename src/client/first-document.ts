import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Disposable, workspace } from 'vscode';
import { answersLanguageId, languageId } from '../protocol/contributions.ts';

/** Waits for the first document that the language server reads: without one, neither it nor its client is loaded. */
export function awaitFirstDocument(): Disposable & { readonly opened: Promise<void> } {
  const isRead = (document: { readonly languageId: string }): boolean =>
    document.languageId === languageId || document.languageId === answersLanguageId;
  let watching: Disposable | undefined;
  const opened = new Promise<void>((resolve) => {
    watching = workspace.onDidOpenTextDocument((document) => {
      if (isRead(document)) resolve();
    });
    if (workspace.textDocuments.some(isRead)) resolve();
  });
  return {
    // A turn later, so that the client is not loaded within the activation, which VS Code waits for.
    opened: opened.then(() => {
      watching?.dispose();
      return nextTurn();
    }),
    dispose: () => watching?.dispose(),
  };
}

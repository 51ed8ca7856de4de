import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { beginsWithAnswers } from '../../packstack/name.ts';
import { answersLanguageId } from '../../protocol/contributions.ts';

/** Languages that a file gets whose name says nothing about what it holds. */
const general = new Set(['plaintext', 'ini', 'properties', 'dosini']);

async function recognize(document: TextDocument): Promise<void> {
  if (!general.has(document.languageId) || document.uri.scheme === 'output') return;
  if (beginsWithAnswers(document.getText()))
    await languages.setTextDocumentLanguage(document, answersLanguageId);
}

/** Opens answer files of any name as such: they begin with [general] and answers of Packstack. */
export function recognizeAnswerFiles(report: (cause: unknown) => void): Disposable {
  const look = (document: TextDocument): void => {
    recognize(document).catch(report);
  };
  workspace.textDocuments.forEach(look);
  return workspace.onDidOpenTextDocument(look);
}

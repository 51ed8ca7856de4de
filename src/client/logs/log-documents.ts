import {
  Disposable,
  languages,
  type TextDocument,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { logLanguageId, schemes } from '../../protocol/contributions.ts';
import { mainErrorRow } from '../../view/log/document.ts';
import { failedStatuses, foldedStatuses, type LogSection } from '../../view/log/node-log.ts';
import { answeringPart } from '../../view/log/package-log.ts';
import { foldRows, unfoldRows } from '../editor/fold.ts';
import { type LogPlace, logPlace } from './address.ts';
import { createLogDecorations } from './decorations.ts';
import { createExplainedProblems } from './explained-problems.ts';
import { followLogs, revealEnd } from './follow.ts';
import { goToError, showRow } from './goto.ts';
import { registerLogHover } from './hover.ts';
import { type LogLensNeeds, registerLogLenses } from './lenses.ts';
import { registerPageLinks } from './page-links.ts';
import { registerLogStructure } from './structure.ts';
import { createLogViews } from './views.ts';

/** Where a log is opened: at a row of the step's output, at its end, or by default at its error. */
export interface LogSpot {
  readonly row?: number;
  readonly isRunning?: boolean;
}

export interface LogDocuments extends Disposable {
  show(uri: Uri, at: LogSpot): Promise<void>;
  /** Shows a document that is not of a run at its main error, with its explanations. */
  explain(document: TextDocument): Promise<void>;
  goToError(direction: 1 | -1): void;
}

/** The open log documents with their parsed contents. */
export function createLogDocuments(needs: Omit<LogLensNeeds, 'views'>): LogDocuments {
  const { texts, targetOf } = needs;
  const views = createLogViews();
  const decorations = createLogDecorations(views);
  const problems = createExplainedProblems(views);
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

  /** Folds what is done in the log of a node, without the step that is shown, and moves to the chosen row or to the first error. */
  async function place(editor: TextEditor, where: LogPlace, at: LogSpot): Promise<void> {
    const view = views.of(editor.document);
    const sections = (await texts.of(where))?.sections ?? [];
    const failed = sections.find(({ status }) => failedStatuses.has(status));
    const ofFailure = failed && (mainErrorRow(view, failed.first, failed.last) ?? failed.last);
    const row = at.row === undefined ? ofFailure : at.row + view.headRows;
    if (where.step === undefined) {
      const isShown = ({ first, last }: LogSection): boolean =>
        row !== undefined && first <= row && row <= last;
      const regions = sections.filter(({ first, last }) => last > first);
      const done = regions.filter((section) => foldedStatuses.has(section.status) && !isShown(section));
      await foldRows(done.map(({ first }) => first));
      // A document that was open keeps its folds, and a row inside one is not revealed.
      await unfoldRows(regions.filter(isShown).map(({ first }) => first));
    }
    if (row !== undefined) showRow(editor, row);
    else if (at.isRunning) revealEnd(editor);
  }

  const parts = Disposable.from(
    decorations,
    problems,
    registerLogStructure(views),
    registerLogHover(views, targetOf),
    registerLogLenses({ ...needs, views }),
    registerPageLinks(texts),
    followLogs(),
    workspace.onDidOpenTextDocument((document) => void name(document).then(() => draw(document))),
    workspace.onDidCloseTextDocument((document) => views.forget(document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      draw(document);
      problems.update(document);
    }),
    window.onDidChangeVisibleTextEditors(() => draw()),
  );
  return {
    show: async (uri, at) => {
      const document = await workspace.openTextDocument(uri);
      await name(document);
      const editor = await window.showTextDocument(document, { preview: true });
      const where = logPlace(uri);
      if (where?.node !== undefined) await place(editor, where, at);
      decorations.update(editor);
    },
    explain: async (document) => {
      const shown = await window.showTextDocument(document, { preview: true });
      const view = views.of(document);
      const part = answeringPart(view);
      const row = part && mainErrorRow(view, part.first, part.outline.last);
      if (row !== undefined) showRow(shown, row);
      decorations.update(shown);
      problems.update(document);
    },
    goToError: (direction) => goToError(views, direction),
    dispose: () => parts.dispose(),
  };
}

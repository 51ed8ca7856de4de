import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { logLanguageId, schemes } from '../../protocol/contributions.ts';
import { newExplanations } from '../../view/log/explanation.ts';
import { answeringPart } from '../../view/log/package-log.ts';
import { t } from '../editor/texts.ts';
import type { LogViews } from './views.ts';

export interface ExplainedProblems extends Disposable {
  /** Shows the explanations of a document as problems, as long as it is open. */
  update(document: TextDocument): void;
}

/** The explained lines of logs that are not of a run, as problems: the cause of the failure as an error. */
export function createExplainedProblems(views: LogViews): ExplainedProblems {
  const all = languages.createDiagnosticCollection('stackprep-log');
  const closed = workspace.onDidCloseTextDocument(({ uri }) => all.delete(uri));
  return {
    update(document) {
      if (document.languageId !== logLanguageId || document.uri.scheme === schemes.log) return;
      const view = views.of(document);
      const cause = answeringPart(view)?.explanation?.id;
      const problems = newExplanations(view).flatMap(({ row, explanation }) => {
        if (row >= document.lineCount) return [];
        const severity = explanation.id === cause ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        const { cause: why, advice, id } = explanation;
        const problem = new Diagnostic(document.lineAt(row).range, `${t(why)} ${t(advice)}`, severity);
        problem.source = 'Stackprep';
        problem.code = id;
        return [problem];
      });
      all.set(document.uri, problems);
    },
    dispose: () => {
      closed.dispose();
      all.dispose();
    },
  };
}

import { DiagnosticSeverity, Disposable, LanguageStatusSeverity, languages, window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { commands, languageId } from '../../protocol/contributions.ts';
import { fileStatus } from '../../view/file-status.ts';
import { t } from '../editor/texts.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import type { RunStore } from '../stores/run-store.ts';

const severities = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
} as const;

/** Shows in the language status what the active cluster file is for and whether it is valid. */
export function createFileStatus(outlines: OutlineStore, runs: RunStore): Disposable {
  const item = languages.createLanguageStatusItem('stackprep.file', { language: languageId });
  item.name = 'Stackprep';
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== languageId) return;
    const uri = document.uri.toString();
    const outline = outlines.get(uri);
    const found = languages.getDiagnostics(document.uri).map(({ severity }) => severity);
    const warnings = found.filter((severity) => severity === DiagnosticSeverity.Warning).length;
    const systems = Object.values(runs.get(uri).nodes).flatMap(({ facts }) => facts?.osName ?? []);
    const status = fileStatus({
      ...(outline && { outline }),
      systems,
      errors: outlines.errors(uri),
      warnings,
    });
    item.text = t(status.text);
    item.detail = t(status.detail);
    item.severity = severities[status.severity];
    item.command =
      status.severity === 'information'
        ? { command: commands.openReference, title: t(msg('Open Reference')) }
        : { command: commands.showProblems, title: t(msg('Show Problems')), arguments: [{ uri }] };
  };
  update();
  const parts = [
    item,
    window.onDidChangeActiveTextEditor(update),
    languages.onDidChangeDiagnostics(update),
    new Disposable(outlines.onDidChange(update)),
    new Disposable(runs.onDidChange(update)),
  ];
  return Disposable.from(...parts);
}

import {
  type DecorationOptions,
  Disposable,
  OverviewRulerLane,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  window,
} from 'vscode';
import { logLanguageId } from '../../protocol/contributions.ts';
import { explainLine } from '../../view/log/document.ts';
import type { Mark } from '../../view/log/outline.ts';
import { t } from '../editor/texts.ts';
import type { LogViews } from './views.ts';

function styleOf(severity: Mark['severity']) {
  const colour = severity === 'error' ? 'editorError.foreground' : 'editorWarning.foreground';
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    overviewRulerColor: new ThemeColor(colour),
    overviewRulerLane: OverviewRulerLane.Right,
    borderColor: new ThemeColor(colour),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    after: { color: new ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 3ch' },
  });
}

/** Highlights the important lines, and appends the cause to the first line of each explanation. */
export function createLogDecorations(views: LogViews) {
  const styles = { error: styleOf('error'), warning: styleOf('warning') };

  function optionsOf(document: TextDocument): Readonly<Record<Mark['severity'], DecorationOptions[]>> {
    const view = views.of(document);
    const told = new Set<string>();
    const found: Record<Mark['severity'], DecorationOptions[]> = { error: [], warning: [] };
    for (const { row, severity, line } of view.outline.marks) {
      if (row >= document.lineCount) continue;
      const explanation = explainLine(view, line);
      const isMain = line === view.summary.mainError;
      const isNew = explanation !== undefined && (isMain || !told.has(explanation.id));
      if (explanation) told.add(explanation.id);
      found[severity].push({
        range: document.lineAt(row).range,
        ...(isNew ? { renderOptions: { after: { contentText: t(explanation.cause) } } } : {}),
      });
    }
    return found;
  }

  return {
    update: (editor: TextEditor): void => {
      if (editor.document.languageId !== logLanguageId) return;
      const options = optionsOf(editor.document);
      editor.setDecorations(styles.error, options.error);
      editor.setDecorations(styles.warning, options.warning);
    },
    dispose: () => Disposable.from(styles.error, styles.warning).dispose(),
  };
}

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
import { isBeside, newExplanations } from '../../view/log/explanation.ts';
import type { Mark } from '../../view/log/outline.ts';
import { t } from '../editor/texts.ts';
import type { LogViews } from './views.ts';

function styleOf(severity: Mark['severity']) {
  const color = severity === 'error' ? 'editorError.foreground' : 'editorWarning.foreground';
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    overviewRulerColor: new ThemeColor(color),
    overviewRulerLane: OverviewRulerLane.Right,
    borderColor: new ThemeColor(color),
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
    const found: Record<Mark['severity'], DecorationOptions[]> = { error: [], warning: [] };
    for (const { row, severity } of view.marks) {
      if (row >= document.lineCount) continue;
      found[severity].push({ range: document.lineAt(row).range });
    }
    for (const { row, severity, line, explanation } of newExplanations(view)) {
      const cause = t(explanation.cause);
      if (row >= document.lineCount || !isBeside(line, cause)) continue;
      const renderOptions = { after: { contentText: cause } };
      found[severity].push({ range: document.lineAt(row).range, renderOptions });
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

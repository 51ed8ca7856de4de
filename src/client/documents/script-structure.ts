import {
  CodeLens,
  type Disposable,
  DocumentSymbol,
  FoldingRange,
  FoldingRangeKind,
  languages,
  Disposable as Parts,
  Range,
  SymbolKind,
} from 'vscode';
import { msg } from '../../base/l10n.ts';
import { commands, schemes } from '../../protocol/contributions.ts';
import { scriptParts } from '../../view/script-parts.ts';
import { t } from '../editor/texts.ts';
import { documentTarget } from './uri.ts';

/** Folding, the outline and the actions of the displayed scripts. */
export function registerScriptStructure(): Disposable {
  const selector = { scheme: schemes.script };
  return Parts.from(
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) => {
        const { library, functions } = scriptParts(document.getText());
        return [
          ...(library ? [new FoldingRange(library.first, library.last, FoldingRangeKind.Region)] : []),
          ...functions.map(({ first, last }) => new FoldingRange(first, last)),
        ];
      },
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) =>
        scriptParts(document.getText()).functions.map(({ name, first, last }) => {
          const head = document.lineAt(first).range;
          const whole = new Range(head.start, document.lineAt(last).range.end);
          return new DocumentSymbol(name, '', SymbolKind.Function, whole, head);
        }),
    }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: ({ uri }) => {
        const target = documentTarget(uri);
        const lens = (title: string, command: string, argument: unknown): CodeLens =>
          new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [argument] });
        return [
          lens(t(msg('Copy')), commands.copyScript, uri),
          lens(t(msg('Run')), commands.run, target),
          lens(t(msg('Check')), commands.check, target),
          lens(t(msg('Log')), commands.showLog, target),
        ];
      },
    }),
  );
}

import {
  type Disposable,
  DocumentSymbol,
  FoldingRange,
  languages,
  Disposable as Parts,
  Range,
  SymbolKind,
  type TextDocument,
} from 'vscode';
import { logLanguageId } from '../../protocol/contributions.ts';
import type { LogView } from '../../view/log/document.ts';
import type { Section } from '../../view/log/outline.ts';
import { sectionTitle } from '../../view/log/titles.ts';
import { t } from '../editor/texts.ts';
import type { LogViews } from './views.ts';

/** A single run needs no level in the outline. */
function topOf({ sections }: Pick<LogView, 'sections'>): readonly Section[] {
  const [first] = sections;
  const runs = sections.filter(({ kind }) => kind === 'run');
  return runs.length === 1 && first?.kind === 'run' ? [...first.children, ...sections.slice(1)] : sections;
}

function folds(section: Section): readonly FoldingRange[] {
  // The rule above a table means nothing on its own; use the header.
  const first = section.kind === 'table' && section.isRuled ? section.first + 1 : section.first;
  const own = section.last > first ? [new FoldingRange(first, section.last)] : [];
  return [...own, ...section.children.flatMap(folds)];
}

function kindOf({ kind }: Section): SymbolKind {
  if (kind === 'log') return SymbolKind.Event;
  if (kind === 'run') return SymbolKind.Module;
  return kind === 'step' ? SymbolKind.Package : SymbolKind.Namespace;
}

function symbol(document: TextDocument, section: Section): DocumentSymbol {
  const head = document.lineAt(section.first).range;
  const end = document.lineAt(Math.min(section.last, document.lineCount - 1)).range.end;
  const name = t(sectionTitle(section));
  const found = new DocumentSymbol(name, '', kindOf(section), new Range(head.start, end), head);
  found.children = section.children.map((child) => symbol(document, child));
  return found;
}

/** Folding by phase and transaction, and the outline. */
export function registerLogStructure(views: LogViews): Disposable {
  return Parts.from(
    languages.registerFoldingRangeProvider(logLanguageId, {
      provideFoldingRanges: (document) => topOf(views.of(document)).flatMap(folds),
    }),
    languages.registerDocumentSymbolProvider(logLanguageId, {
      provideDocumentSymbols: (document) =>
        topOf(views.of(document)).map((section) => symbol(document, section)),
    }),
  );
}

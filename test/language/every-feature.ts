import { english, type Translate } from '../../src/base/l10n.ts';
import { codeActions, fixAll } from '../../src/language/code-actions.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import { definitionsAt } from '../../src/language/definition.ts';
import { diagnosticsOf } from '../../src/language/diagnostics.ts';
import { type ClusterDocument, rangeOf } from '../../src/language/document/document.ts';
import { foldingOf } from '../../src/language/folding.ts';
import { formattingOf } from '../../src/language/format/format.ts';
import { hoverAt } from '../../src/language/hover.ts';
import { inlayHintsOf } from '../../src/language/inlay.ts';
import { linksOf } from '../../src/language/links.ts';
import { documentOutline } from '../../src/language/outline.ts';
import { type AnswersDocument, completeAnswers, hoverAnswers } from '../../src/language/packstack-answers.ts';
import { highlightsAt, referencesAt } from '../../src/language/references.ts';
import { rename, renamingAt } from '../../src/language/rename.ts';
import { selectionAt } from '../../src/language/selection.ts';
import { symbolsOf } from '../../src/language/symbols.ts';
import { tokensOf } from '../../src/language/tokens.ts';
import { emptyRunState } from '../../src/run/state.ts';
import { lensesOf } from '../../src/view/lens.ts';
import { treeOf } from '../../src/view/tree.ts';

const known = { interfaces: { eth0: 3, ens4: 1 } };

/** What the editor shows in addition to the text: code lenses and the tree. */
function viewsOf(document: ClusterDocument): readonly unknown[] {
  const outline = documentOutline(document);
  if (!outline) return [];
  const source = { outline, state: emptyRunState };
  return [
    lensesOf(source, { trusted: true }),
    treeOf([source], { groupBy: 'node', time: String, file: String }),
    treeOf([source], { groupBy: 'step', time: String, file: String }),
  ];
}

/** Sends every request that an editor can send for a document and an offset in it. */
export function askEverything(
  document: ClusterDocument,
  offset: number,
  translate: Translate = english,
): readonly unknown[] {
  const asker = { translate, hasSnippets: true, hasSuggestCommand: true };
  const plainAsker = { translate, hasSnippets: false, hasSuggestCommand: false };
  const whole = rangeOf(document, { start: 0, end: document.text.length });
  const renaming = renamingAt(document, offset);
  const withProblems = { ...document, problems: document.decoded.problems };
  return [
    diagnosticsOf(document, document.decoded.problems, asker),
    viewsOf(document),
    codeActions(withProblems, { range: whole, context: {} }, asker),
    codeActions(withProblems, { range: whole, context: { only: [fixAll] } }, asker),
    completionsAt(document, offset, asker, known),
    completionsAt(document, offset, plainAsker),
    hoverAt(document, offset, translate),
    definitionsAt(document, offset),
    referencesAt(document, offset, true),
    highlightsAt(document, offset),
    renaming.ok ? rename(document, renaming, 'other') : renaming,
    symbolsOf(document),
    foldingOf(document),
    selectionAt(document, offset),
    linksOf(document, translate),
    inlayHintsOf(document, whole, translate),
    tokensOf(document),
    formattingOf(document),
    formattingOf(document, rangeOf(document, { start: offset, end: document.text.length })),
  ];
}

/** Does the same for an answer file of Packstack. */
export function askAnswers(
  document: AnswersDocument,
  offset: number,
  translate: Translate = english,
): readonly unknown[] {
  const asker = { translate };
  const whole = rangeOf(document, { start: 0, end: document.text.length });
  const { line, column: character } = document.positions.at(offset);
  return [
    diagnosticsOf(document, document.problems, asker),
    codeActions(document, { range: whole, context: {} }, asker),
    completeAnswers(document, { line, character }, translate),
    hoverAnswers(document, { line, character }, translate),
  ];
}

interface Place {
  readonly line: number;
  readonly character: number;
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

/** Every range anywhere in a response. */
export function* rangesIn(answer: unknown): Generator<{ readonly start: Place; readonly end: Place }> {
  if (typeof answer !== 'object' || answer === null) return;
  if ('start' in answer && 'end' in answer && isPlace(answer.start) && isPlace(answer.end))
    yield { start: answer.start, end: answer.end };
  else for (const value of Object.values(answer)) yield* rangesIn(value);
}

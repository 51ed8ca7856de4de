import { type Connection, LSPErrorCodes, type Position, ResponseError } from 'vscode-languageserver';
import type { Message } from '../base/l10n.ts';
import { codeActions, type Judged } from '../language/code-actions.ts';
import { type Asker, completionsAt } from '../language/completion/completion.ts';
import { definitionsAt } from '../language/definition.ts';
import type { ClusterDocument } from '../language/document/document.ts';
import { foldingOf } from '../language/folding.ts';
import { formattingOf } from '../language/format/format.ts';
import { hoverAt } from '../language/hover.ts';
import type { Initialization } from '../language/initialization.ts';
import { inlayHintsOf } from '../language/inlay.ts';
import { codeLensesOf, fixAllCommand, fixAllEdit } from '../language/lenses.ts';
import { linksOf } from '../language/links.ts';
import { completeAnswers, hoverAnswers } from '../language/packstack-answers.ts';
import { highlightsAt, referencesAt } from '../language/references.ts';
import { type Renaming, rename, renameRange, renamingAt } from '../language/rename.ts';
import { selectionAt } from '../language/selection.ts';
import { tokensOf } from '../language/tokens.ts';
import { type ClientAbilities, completionsFor, hoverFor, symbolsFor } from './client-abilities.ts';
import type { DocumentStore } from './store.ts';
import { likelyTimeZones } from './time-zones.ts';

interface InDocument {
  readonly textDocument: { readonly uri: string };
}

interface AtPosition extends InDocument {
  readonly position: Position;
}

function offsetOf({ positions }: ClusterDocument, { line, character }: Position): number {
  return positions.offset({ line, column: character });
}

/** The client and its user. */
export interface Served {
  readonly reader: Initialization;
  readonly asker: Asker;
  readonly client: ClientAbilities;
}

/** Handles requests for documents; the result is empty for one that is not open. */
export function answerQuestions(
  connection: Connection,
  store: DocumentStore,
  { reader, asker, client }: Served,
): void {
  const { translate } = asker;
  const of = <P extends InDocument, T>(answer: (document: ClusterDocument, params: P) => readonly T[]) => {
    return (params: P): T[] => {
      const document = store.get(params.textDocument.uri);
      return document ? [...answer(document, params)] : [];
    };
  };
  const at = <P extends AtPosition, T>(
    answer: (document: ClusterDocument, offset: number, params: P) => readonly T[],
  ) => of((document, params: P) => answer(document, offsetOf(document, params.position), params));
  const refuse = (reason: Message): never => {
    throw new ResponseError(LSPErrorCodes.RequestFailed, translate(reason));
  };
  const renaming = ({
    textDocument,
    position,
  }: AtPosition): [ClusterDocument, Renaming & { ok: true }] | undefined => {
    const document = store.get(textDocument.uri);
    if (!document) return undefined;
    const found = renamingAt(document, offsetOf(document, position));
    return found.ok ? [document, found] : refuse(found.reason);
  };

  const completions = at((document, offset) =>
    completionsAt(document, offset, asker, {
      interfaces: store.interfaces(document.uri),
      timeZones: () => likelyTimeZones(store, document.uri),
    }),
  );
  connection.onCompletion((params) => {
    const answers = store.answers(params.textDocument.uri);
    const items = answers ? completeAnswers(answers, params.position, translate) : completions(params);
    return completionsFor(items, client);
  });
  const judgedOf = (uri: string): Judged | undefined => {
    const document = store.get(uri);
    return store.answers(uri) ?? (document && { ...document, problems: document.decoded.problems });
  };
  connection.onCodeAction((params) => {
    const judged = judgedOf(params.textDocument.uri);
    return judged ? [...codeActions(judged, params, reader)] : [];
  });
  connection.onCodeLens(({ textDocument }) => {
    const judged = judgedOf(textDocument.uri);
    return judged ? [...codeLensesOf(judged, reader)] : [];
  });
  connection.onExecuteCommand(async ({ command, arguments: [uri] = [] }) => {
    const judged = command === fixAllCommand && typeof uri === 'string' ? judgedOf(uri) : undefined;
    const edit = judged && fixAllEdit(judged, reader);
    if (edit) await connection.workspace.applyEdit(edit);
  });
  connection.onHover(({ textDocument, position }) => {
    const answers = store.answers(textDocument.uri);
    if (answers) return hoverFor(hoverAnswers(answers, position, translate) ?? null, client);
    const document = store.get(textDocument.uri);
    return document ? hoverFor(hoverAt(document, offsetOf(document, position), translate), client) : null;
  });
  connection.onDocumentSymbol(({ textDocument }) =>
    symbolsFor(textDocument.uri, store.symbols(textDocument.uri), client),
  );
  connection.onFoldingRanges(of(foldingOf));
  connection.onSelectionRanges(
    of((document, { positions }) => positions.map((each) => selectionAt(document, offsetOf(document, each)))),
  );
  connection.onDocumentLinks(of((document) => linksOf(document, translate)));
  connection.onDefinition(at(definitionsAt));
  connection.onReferences(
    at((document, offset, { context }) => referencesAt(document, offset, context.includeDeclaration)),
  );
  connection.onDocumentHighlight(at(highlightsAt));
  connection.onPrepareRename((params) => {
    const found = renaming(params);
    return found ? renameRange(...found) : null;
  });
  connection.onRenameRequest((params) => {
    const found = renaming(params);
    if (!found) return null;
    const result = rename(...found, params.newName);
    return 'reason' in result ? refuse(result.reason) : result;
  });
  connection.onDocumentFormatting(of((document) => formattingOf(document)));
  connection.onDocumentRangeFormatting(of((document, { range }) => formattingOf(document, range)));
  connection.languages.inlayHint.on(of((document, { range }) => inlayHintsOf(document, range, translate)));
  connection.languages.semanticTokens.on(({ textDocument }) => {
    const document = store.get(textDocument.uri);
    return { data: document ? [...tokensOf(document)] : [] };
  });
}

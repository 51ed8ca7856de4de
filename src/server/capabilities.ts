import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { fixAll } from '../language/code-actions.ts';
import { fixAllCommand } from '../language/lenses.ts';
import { tokensLegend } from '../language/tokens.ts';

/** Code lenses, for a client without own lenses that takes the edits of their command. */
export const lensCapabilities: ServerCapabilities = {
  codeLensProvider: {},
  executeCommandProvider: { commands: [fixAllCommand] },
};

/** The capabilities of this server. */
export const capabilities: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: [':', ' ', '-', '[', '{', ',', '='] },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAll] },
  hoverProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  inlayHintProvider: true,
  semanticTokensProvider: { legend: tokensLegend, full: true },
};

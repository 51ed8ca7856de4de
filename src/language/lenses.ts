import type { CodeLens, Range, WorkspaceEdit } from 'vscode-languageserver';
import { codeActions, fixAll, type Judged } from './code-actions.ts';
import type { Initialization } from './initialization.ts';

/** The command of the server that fixes all problems of a document, whose URI is its argument. */
export const fixAllCommand = 'stackprep.fixAll';

const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function fixAllOf(judged: Judged, reader: Initialization) {
  return codeActions(judged, { range: top, context: { only: [fixAll] } }, reader)[0];
}

/**
 * The code lenses for an editor without those of the extension. Of what the extension offers, a server can do nothing in
 * a terminal: a lens whose command no editor has would only fail.
 */
export function codeLensesOf(judged: Judged, reader: Initialization): readonly CodeLens[] {
  const action = fixAllOf(judged, reader);
  if (!action) return [];
  return [{ range: top, command: { title: action.title, command: fixAllCommand, arguments: [judged.uri] } }];
}

/** The edit of the command; undefined if nothing is left to fix. */
export function fixAllEdit(judged: Judged, reader: Initialization): WorkspaceEdit | undefined {
  return fixAllOf(judged, reader)?.edit;
}

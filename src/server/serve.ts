import { CodeActionKind, type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { decodeCluster } from '../core/cluster/decode.ts';
import { english } from '../core/l10n.ts';
import { codeActions, fixAll, type Judged } from '../language/code-actions.ts';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { decodeInitialization, type Initialization } from '../language/initialization.ts';
import { documentOutline } from '../language/outline.ts';
import { type OutlineParams, outlineNotification } from '../protocol/outline.ts';
import { createSchedule } from './schedule.ts';

/** Serves one client: after every change of a cluster file, its diagnostics and its outline. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const schedule = createSchedule((cause) => {
    connection.console.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  });
  let reader: Initialization = { translate: english };
  /** The newest faults of each document, with the version that they are of. */
  const judged = new Map<string, Judged & { readonly version: number }>();

  async function look(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (!document) return;
    const { version } = document;
    const text = document.getText();
    const { problems } = decodeCluster(text);
    judged.set(uri, { uri, version, text, problems });
    const outline = documentOutline({ uri, version, text });
    const params: OutlineParams = outline ? { uri, outline } : { uri };
    await connection.sendNotification(outlineNotification, params);
    await connection.sendDiagnostics({
      uri,
      version,
      diagnostics: [...diagnosticsOf(text, problems, reader)],
    });
  }

  connection.onInitialize(({ initializationOptions }) => {
    reader = decodeInitialization(initializationOptions);
    const codeActionKinds = [CodeActionKind.QuickFix, fixAll];
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeActionProvider: { codeActionKinds },
      },
    };
  });
  connection.onCodeAction(({ textDocument: { uri }, ...place }) => {
    const known = judged.get(uri);
    // What was typed since the last look moved the text; the next diagnostics bring the next actions.
    if (known?.version !== documents.get(uri)?.version || !known) return [];
    return [...codeActions(known, place, reader)];
  });
  documents.onDidChangeContent(({ document }) => schedule.soon(document.uri, () => look(document.uri)));
  documents.onDidClose(({ document }) => {
    schedule.forget(document.uri);
    judged.delete(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  connection.onShutdown(() => schedule.dispose());
  documents.listen(connection);
  connection.listen();
}

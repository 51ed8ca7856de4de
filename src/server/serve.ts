import { type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { decodeCluster } from '../core/cluster/decode.ts';
import { english, type Translate } from '../core/l10n.ts';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { decodeInitialization } from '../language/initialization.ts';
import { documentOutline } from '../language/outline.ts';
import { type OutlineParams, outlineNotification } from '../protocol/outline.ts';
import { createSchedule } from './schedule.ts';

/** Serves one client: after every change of a cluster file, its diagnostics and its outline. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const schedule = createSchedule((cause) => {
    connection.console.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  });
  let translate: Translate = english;

  async function look(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (!document) return;
    const { version } = document;
    const text = document.getText();
    const { problems } = decodeCluster(text);
    const outline = documentOutline({ uri, version, text });
    const params: OutlineParams = outline ? { uri, outline } : { uri };
    await connection.sendNotification(outlineNotification, params);
    await connection.sendDiagnostics({
      uri,
      version,
      diagnostics: [...diagnosticsOf(text, problems, translate)],
    });
  }

  connection.onInitialize(({ initializationOptions }) => {
    translate = decodeInitialization(initializationOptions).translate;
    return { capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } };
  });
  documents.onDidChangeContent(({ document }) => schedule.soon(document.uri, () => look(document.uri)));
  documents.onDidClose(({ document }) => {
    schedule.forget(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  connection.onShutdown(() => schedule.dispose());
  documents.listen(connection);
  connection.listen();
}

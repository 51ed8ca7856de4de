import type { Connection } from 'vscode-languageserver';
import { homepage } from '../../package.json';
import type { Translate } from '../base/l10n.ts';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { decodeInitialization, type Initialization } from '../language/initialization.ts';
import { documentOutline, errorsOf } from '../language/outline.ts';
import { type InterfacesParams, interfacesNotification } from '../protocol/interfaces.ts';
import { type OutlineParams, outlineNotification } from '../protocol/outline.ts';
import { capabilities, lensCapabilities } from './capabilities.ts';
import { abilitiesOf } from './client-abilities.ts';
import { answerQuestions } from './features.ts';
import { createSchedule } from './schedule.ts';
import { createDocumentStore } from './store.ts';

/** The reference on the web, for clients that do not bring theirs. */
const webReference = `${homepage.split('#')[0] ?? ''}/blob/main/schema/reference.md`;

/**
 * Serves one client: sends the diagnostics of all files and the outlines of cluster files, and handles requests.
 * `translate` is used for a client without translations.
 */
export function serve(connection: Connection, translate: Translate): void {
  const store = createDocumentStore();
  const failed = (cause: unknown): void => {
    connection.console.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  };
  const reporting = createSchedule({ minDelayMs: 0, quickMs: 200 }, failed);
  const outlining = createSchedule({ minDelayMs: 150, quickMs: 100 }, failed);
  let reader: Initialization = { translate };

  async function report(uri: string): Promise<void> {
    const answers = store.answers(uri);
    const document = answers ?? store.get(uri);
    if (!document) return;
    const problems = 'decoded' in document ? document.decoded.problems : document.problems;
    const diagnostics = [...diagnosticsOf(document, problems, reader)];
    await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }

  async function outline(uri: string): Promise<void> {
    const document = store.get(uri);
    const found = document && documentOutline(document);
    if (!document) return;
    const errors = errorsOf(document);
    const params: OutlineParams = found ? { uri, outline: found, errors } : { uri, errors };
    await connection.sendNotification(outlineNotification, params);
  }

  connection.onInitialize(({ initializationOptions, capabilities: client }) => {
    const abilities = abilitiesOf(client);
    const given = decodeInitialization(initializationOptions, translate);
    const { reference = webReference, ...rest } = given;
    reader = abilities.hasCodeLinks ? { ...rest, reference } : rest;
    const { wantsOutlines = false, hasSuggestCommand = false } = reader;
    const hasSnippets = client.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    store.onDidChange((uri) => {
      reporting.soon(uri, () => report(uri));
      if (wantsOutlines) outlining.soon(uri, () => outline(uri));
    });
    answerQuestions(connection, store, {
      reader,
      asker: { ...reader, hasSnippets, hasSuggestCommand },
      client: abilities,
    });
    const hasLenses = !wantsOutlines && abilities.takesEdits;
    return { capabilities: { ...capabilities, ...(hasLenses ? lensCapabilities : {}) } };
  });
  connection.onNotification(interfacesNotification, (params: InterfacesParams) =>
    store.setInterfaces(params),
  );
  store.onDidClose((uri) => {
    reporting.forget(uri);
    outlining.forget(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onShutdown(() => {
    reporting.dispose();
    outlining.dispose();
  });
  store.listen(connection);
  connection.listen();
}

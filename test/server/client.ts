import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { english } from '../../src/base/l10n.ts';
import { type OutlineParams, outlineNotification } from '../../src/protocol/outline.ts';
import { serve } from '../../src/server/serve.ts';

/** A language client connected to a server in this process. */
export interface Editor {
  readonly connection: ProtocolConnection;
  readonly diagnostics: PublishDiagnosticsParams[];
  readonly outlines: OutlineParams[];
  /** What the server says that it can do. */
  readonly serverCapabilities: ServerCapabilities;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  /** Replaces the whole text. */
  change(uri: string, version: number, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  /** Resolves when the condition holds, rejects after five seconds. */
  until(condition: () => boolean): Promise<void>;
  dispose(): void;
}

/** Starts a server over streams and initializes it. */
export async function startEditor(
  initializationOptions: object = {},
  clientCapabilities: object = {},
): Promise<Editor> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), english);
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const diagnostics: PublishDiagnosticsParams[] = [];
  const outlines: OutlineParams[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    diagnostics.push(params);
  });
  connection.onNotification(outlineNotification, (params: OutlineParams) => {
    outlines.push(params);
  });
  connection.listen();
  const formats = ['markdown', 'plaintext'];
  const capabilities = {
    textDocument: {
      hover: { contentFormat: formats },
      completion: { completionItem: { documentationFormat: formats } },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      publishDiagnostics: { codeDescriptionSupport: true },
    },
    ...clientCapabilities,
  };
  const { capabilities: serverCapabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    initializationOptions: { wantsOutlines: true, ...initializationOptions },
  });
  await connection.sendNotification('initialized', {});
  return {
    ...{ connection, diagnostics, outlines, serverCapabilities },
    open: (uri, text, languageId = 'openstack-cluster') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    until: async (condition) => {
      const deadline = Date.now() + 60_000;
      while (!condition()) {
        if (Date.now() > deadline) throw new Error('it did not happen within a minute');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    dispose: () => {
      connection.dispose();
      up.destroy();
      down.destroy();
    },
  };
}

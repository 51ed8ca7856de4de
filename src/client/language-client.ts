import { join } from 'node:path';
import { type Diagnostic, l10n, type Uri, env as vscodeEnv } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';
import { answersLanguageId, languageId } from '../protocol/contributions.ts';
import { interfacesNotification } from '../protocol/interfaces.ts';
import { heapFlags } from '../protocol/language-server.ts';
import { type OutlineParams, outlineNotification } from '../protocol/outline.ts';
import { ownVariables } from '../remote/base/child-env.ts';
import { type KnownInterfaces, knownInterfaces } from '../view/interfaces.ts';
import { referenceLink } from './editor/diagnostic.ts';
import { referencePage } from './reference.ts';
import type { OutlineStore } from './stores/outline-store.ts';
import type { RunStore } from './stores/run-store.ts';

/** Makes the code of a diagnostic open the rendered reference page. */
function linked(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  if (typeof code === 'object') {
    const { value } = code;
    diagnostic.code = { value, target: referenceLink(String(value)) };
  }
  return diagnostic;
}

/** Sends the interfaces of nodes to the server when they have changed, and all of them to a restarted server. */
function tellInterfaces(client: LanguageClient, runs: RunStore): void {
  const sent = new Map<string, KnownInterfaces>();
  const send = (uri: string, interfaces: KnownInterfaces): void => {
    sent.set(uri, interfaces);
    // Failures are logged by the language client.
    if (client.state === State.Running)
      client.sendNotification(interfacesNotification, { uri, interfaces }).catch(() => undefined);
  };
  runs.onDidChange((uris) => {
    for (const uri of uris) {
      const known = knownInterfaces(runs.get(uri).nodes);
      if (JSON.stringify(known) !== JSON.stringify(sent.get(uri) ?? {})) send(uri, known);
    }
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) for (const [uri, interfaces] of sent) send(uri, interfaces);
  });
}

/** Starts the language server in a separate process and stores the outlines that it sends. */
export async function startLanguageClient(
  { outlines, runs }: { readonly outlines: OutlineStore; readonly runs: RunStore },
  extension: Uri,
): Promise<LanguageClient> {
  const module = join(__dirname, 'server.js');
  const server = { module, transport: TransportKind.ipc };
  // The library adds these to the environment of VS Code, and fork leaves out what is undefined: the server gets no secret.
  const env = Object.fromEntries(ownVariables(process.env).map((name) => [name, undefined]));
  const run = { ...server, options: { env, execArgv: [...heapFlags] } };
  const client = new LanguageClient(
    'stackprep',
    'Stackprep Language Server',
    { run, debug: { ...server, options: { env, execArgv: ['--nolazy', '--inspect=6017'] } } },
    {
      documentSelector: [{ language: languageId }, { language: answersLanguageId }],
      initializationOptions: {
        locale: vscodeEnv.language,
        bundle: l10n.bundle ?? {},
        reference: referencePage(extension).toString(),
        wantsOutlines: true,
        hasSuggestCommand: true,
      },
      middleware: { handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(linked)) },
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    },
  );
  client.onNotification(outlineNotification, ({ uri, outline, errors }: OutlineParams) =>
    outlines.set(uri, outline, errors),
  );
  tellInterfaces(client, runs);
  await client.start();
  return client;
}

import { join } from 'node:path';
import { env, l10n } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import { languageId } from '../protocol/contributions.ts';
import { type OutlineParams, outlineNotification } from '../protocol/outline.ts';
import type { OutlineStore } from './stores/outline-store.ts';

/** Starts the language server in a process of its own and keeps the outlines that it pushes. */
export async function startLanguageClient(outlines: OutlineStore): Promise<LanguageClient> {
  const module = join(__dirname, 'server.js');
  const server = { module, transport: TransportKind.ipc };
  const client = new LanguageClient(
    'stackprep',
    'Stackprep Language Server',
    { run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6017'] } } },
    {
      documentSelector: [{ language: languageId }],
      initializationOptions: { locale: env.language, bundle: l10n.bundle ?? {} },
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    },
  );
  client.onNotification(outlineNotification, ({ uri, outline }: OutlineParams) => outlines.set(uri, outline));
  await client.start();
  return client;
}

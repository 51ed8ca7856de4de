import { join } from 'node:path';
import { type Diagnostic, env, l10n, type Uri } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import { answersLanguageId, languageId } from '../protocol/contributions.ts';
import { heapFlags } from '../protocol/language-server.ts';
import { type OutlineParams, outlineNotification } from '../protocol/outline.ts';
import { referenceLink, referencePage } from './reference.ts';
import type { OutlineStore } from './stores/outline-store.ts';

/** A diagnostic whose code opens the reference page as a page. */
function linked(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  if (typeof code === 'object') {
    const { value } = code;
    diagnostic.code = { value, target: referenceLink(String(value)) };
  }
  return diagnostic;
}

/** Starts the language server in a process of its own and keeps the outlines that it pushes. */
export async function startLanguageClient(outlines: OutlineStore, extension: Uri): Promise<LanguageClient> {
  const module = join(__dirname, 'server.js');
  const server = { module, transport: TransportKind.ipc };
  const run = { ...server, options: { execArgv: [...heapFlags] } };
  const client = new LanguageClient(
    'stackprep',
    'Stackprep Language Server',
    { run, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6017'] } } },
    {
      documentSelector: [{ language: languageId }, { language: answersLanguageId }],
      initializationOptions: {
        locale: env.language,
        bundle: l10n.bundle ?? {},
        reference: referencePage(extension).toString(),
        wantsOutlines: true,
        hasSuggestCommand: true,
      },
      middleware: { handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(linked)) },
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    },
  );
  client.onNotification(outlineNotification, ({ uri, outline }: OutlineParams) => outlines.set(uri, outline));
  await client.start();
  return client;
}

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { english, type Translate } from '../base/l10n.ts';
import { serve } from './serve.ts';

/** Serves one editor on standard input and output; the process ends with the connection. */
export function serveStdio(translate: Translate): Promise<never> {
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), translate);
  return new Promise(() => undefined);
}

// VS Code runs this file as a program; the command line loads it and calls `serveStdio`.
if (process.argv.includes('--node-ipc')) serve(createConnection(ProposedFeatures.all), english);

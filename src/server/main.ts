import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve.ts';

// The transport is on the command line: `--node-ipc` from the editor, `--stdio` elsewhere.
serve(createConnection(ProposedFeatures.all));

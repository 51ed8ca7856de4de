import { setFlagsFromString } from 'node:v8';
import { heapFlags, type LanguageServerModule } from '../../protocol/language-server.ts';
import type { Context } from '../command-line/context.ts';

/** In the folder of this bundle; not a literal in the import, so that the bundler does not include the server. */
const modulePath = './server.js';

/** `stackprep lsp --stdio`: the language server for editors other than VS Code. */
export async function lsp({ t }: Context): Promise<number> {
  for (const flag of heapFlags) setFlagsFromString(flag);
  const path: string = modulePath;
  const { serveStdio } = (await import(path)) as LanguageServerModule;
  return await serveStdio(t);
}

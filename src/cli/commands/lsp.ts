import { setFlagsFromString } from 'node:v8';
import { heapFlags } from '../../protocol/language-server.ts';
import type { Context } from '../command-line/context.ts';

/** `stackprep lsp --stdio`: the language server for editors other than VS Code. */
export async function lsp({ t }: Context): Promise<number> {
  for (const flag of heapFlags) setFlagsFromString(flag);
  const { serveStdio } = await import('stackprep:server');
  return await serveStdio(t);
}

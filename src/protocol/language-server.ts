import type { Translate } from '../base/l10n.ts';

/** The exports of `dist/server.js` for the command line, which loads the bundle on first use. */
export interface LanguageServerModule {
  /** Serves one editor on standard input and output; the process ends with the connection. */
  serveStdio(translate: Translate): Promise<never>;
}

/**
 * V8 flags that keep the server's heap close to its live size: with a large cluster file, every keystroke leaves much
 * garbage, and V8 prefers to grow the heap (150 MB instead of 80 MB at 1,000 nodes). Node ends at a flag that it does not know, so
 * these are flags of every V8 since that of Node 20.
 */
export const heapFlags: readonly string[] = [
  '--optimize-for-size',
  '--semi-space-growth-factor=1',
  '--heap-growing-percent=20',
];

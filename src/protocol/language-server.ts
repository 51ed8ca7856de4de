import type { Translate } from '../base/l10n.ts';

/** What `dist/server.js` exports for the command line, which knows it by this type alone and loads it on first use. */
export interface LanguageServerModule {
  /** Serves one editor on the standard input and output until it goes; then the process ends. */
  serveStdio(translate: Translate): Promise<never>;
}

/**
 * Flags of V8 under which the server's heap stays close to what it holds: a large cluster file leaves much garbage with
 * every keystroke, and V8 would rather take memory than collect it (150 MB instead of 80 MB at 1,000 nodes).
 */
export const heapFlags: readonly string[] = ['--semi-space-growth-factor=1', '--heap-growing-percent=20'];

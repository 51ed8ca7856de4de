import type { Translate } from '../core/l10n.ts';

/** What `dist/server.js` exports for the command line, which knows it by this type alone and loads it on first use. */
export interface LanguageServerModule {
  /** Serves one editor on the standard input and output until it goes; then the process ends. */
  serveStdio(translate: Translate): Promise<never>;
}

import { type Disposable, languages, Uri } from 'vscode';
import { positions } from '../base/position.ts';
import type { Problem } from '../base/problem.ts';
import { editorDiagnostic } from './editor/diagnostic.ts';
import { t } from './editor/texts.ts';

/** Maximum number of problems that are shown for a file that is not open. */
const maxProblems = 100;

/** The problems of cluster files that are not open in an editor; the language server reports those of open ones. */
export interface FileProblems extends Disposable {
  set(uri: string, text: string, problems: readonly Problem[]): Promise<void>;
  remove(uri: string): void;
}

export function createFileProblems(isOpen: (uri: string) => boolean): FileProblems {
  const collection = languages.createDiagnosticCollection('stackprep-files');
  return {
    set: async (uri, text, problems) => {
      const { diagnosticsOf } = await import('../language/diagnostics.ts');
      // It may have been opened in the meantime.
      if (isOpen(uri)) return;
      const shown = diagnosticsOf({ positions: positions(text) }, problems.slice(0, maxProblems), {
        translate: t,
      });
      collection.set(Uri.parse(uri), shown.map(editorDiagnostic));
    },
    remove: (uri) => collection.delete(Uri.parse(uri)),
    dispose: () => collection.dispose(),
  };
}

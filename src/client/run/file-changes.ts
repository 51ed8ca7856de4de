import { Disposable, workspace } from 'vscode';
import { maskText } from '../../run/mask-shapes.ts';
import { fileText } from '../cluster/file-text.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import type { RunStore } from '../stores/run-store.ts';

export interface FileChangeNeeds {
  readonly runs: RunStore;
  readonly outlines: OutlineStore;
  readonly report: (cause: unknown) => void;
}

/** Notes during a run when its cluster file is no longer the one that it began with. */
export function watchFileChanges({ runs, outlines, report }: FileChangeNeeds): Disposable {
  async function compare(uri: string): Promise<void> {
    const begun = runs.begun(uri);
    if (!begun) return;
    const text = await fileText(uri);
    const change = text === undefined ? 'deleted' : maskText(text) === begun.text ? undefined : 'changed';
    if (runs.begun(uri) === begun) runs.setFileChange(uri, change);
  }
  const look = (uri: string): void => void compare(uri).catch(report);
  const unsubscribe = outlines.onDidChange(look);
  const edited = workspace.onDidChangeTextDocument(({ document }) => look(document.uri.toString()));
  return new Disposable(() => {
    unsubscribe();
    edited.dispose();
  });
}

import { type Disposable, commands as editor, Uri, window, workspace } from 'vscode';
import { readClusterText } from '../../app/logs/cluster-text.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { schemes } from '../../protocol/contributions.ts';
import { maskText } from '../../run/mask-shapes.ts';
import { fileText } from '../cluster/file-text.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { HistoryRun } from '../stores/earlier-runs.ts';

export interface ClusterTexts extends Disposable {
  /** Shows what has changed in the cluster file since a run began. */
  showDifference(run: HistoryRun): Promise<void>;
}

/** A read-only document: the text that a run began with, or the masked text of a file. */
interface Source {
  readonly folder?: string;
  readonly file?: string;
}

function textUri(name: string, source: Source): Uri {
  // Not named like a cluster file: the language server would check it.
  return Uri.from({ scheme: schemes.clusterText, path: `/${name}.yaml`, query: JSON.stringify(source) });
}

async function textOf(uri: Uri): Promise<string> {
  const { folder, file } = JSON.parse(uri.query) as Source;
  if (folder !== undefined) return (await readClusterText(folder)) ?? '';
  return maskText((await fileText(file ?? '')) ?? '');
}

function notify(text: Message): void {
  void window.showInformationMessage(t(text));
}

/** The texts of cluster files at the start of their runs, for a comparison with the current ones. */
export function createClusterTexts(): ClusterTexts {
  const registered = workspace.registerTextDocumentContentProvider(schemes.clusterText, {
    provideTextDocumentContent: textOf,
  });
  return {
    showDifference: async ({ folder, file, cluster, started }) => {
      const begun = await readClusterText(folder);
      if (begun === undefined || file === undefined)
        return notify(msg('The cluster file of this run is not stored.'));
      const left = textUri(cluster, { folder });
      const uri = Uri.file(file);
      const now = await fileText(uri.toString());
      if (now === undefined) return void (await window.showTextDocument(left, { preview: true }));
      if (maskText(now) === begun)
        return notify(msg('The cluster file has not changed since this run began.'));
      // The stored text is masked: a secret in the file would show as a difference that is none.
      const right = maskText(now) === now ? uri : textUri(cluster, { file: uri.toString() });
      const title = t(msg('{0}: run of {1} ↔ now', cluster, timeText(started)));
      await editor.executeCommand('vscode.diff', left, right, title);
    },
    dispose: () => registered.dispose(),
  };
}

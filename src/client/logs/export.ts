import { rm } from 'node:fs/promises';
import { commands as editor, Uri, window, workspace } from 'vscode';
import { writeArchive } from '../../app/logs/export-run.ts';
import { runFolder } from '../../app/logs/paths.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { msg } from '../../base/l10n.ts';
import { nodeNames } from '../../view/counts.ts';
import { exportNote } from '../../view/log/export.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';

/** How many names a title may have. */
const maxNames = 3;

export interface ExportNeeds {
  /** The cluster file of the run. */
  readonly uri: string;
  readonly run: string | undefined;
  /** The nodes to which the export is limited; all of the run without them. */
  readonly nodes?: readonly string[];
  readonly stateFolder: string;
}

/** Asks for a destination and exports the journal and the logs of a run there, or of some of its nodes, with secrets masked. */
export async function exportLogs({ uri, run, nodes, stateFolder }: ExportNeeds): Promise<void> {
  if (run === undefined) {
    void window.showInformationMessage(t(msg('No run of {0} is stored.', fileName(uri))));
    return;
  }
  const [only, ...more] = nodes ?? [];
  const part = only === undefined ? '' : `-${more.length === 0 ? only : `${nodes?.length}-nodes`}`;
  const name = `stackprep-${run}${part}.tar.gz`;
  const own = workspace.getWorkspaceFolder(Uri.parse(uri)) ?? workspace.workspaceFolders?.[0];
  const place = own?.uri;
  const target = await window.showSaveDialog({
    ...(place?.scheme === 'file' ? { defaultUri: Uri.joinPath(place, name) } : {}),
    title: t(
      only === undefined
        ? msg('Export Logs of the Run')
        : msg('Export Logs of {0}', nodeNames([only, ...more], maxNames)),
    ),
  });
  if (!target) return;
  try {
    // The save dialog has asked whether to overwrite the file.
    await rm(target.fsPath, { force: true });
    const folder = runFolder(stateFolder, run);
    await writeArchive({ run, folder, ...(nodes ? { nodes } : {}) }, target.fsPath);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    void window.showErrorMessage(t(msg('Cannot export the logs: {0}.', cause.message)));
    return;
  }
  const reveal = t(msg('Show in Folder'));
  const picked = await window.showInformationMessage(t(exportNote), reveal);
  if (picked === reveal) await editor.executeCommand('revealFileInOS', target);
}

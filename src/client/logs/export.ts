import { rm } from 'node:fs/promises';
import { commands as editor, Uri, window, workspace } from 'vscode';
import { writeArchive } from '../../app/logs/export-run.ts';
import { runFolder } from '../../app/logs/paths.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { msg } from '../../base/l10n.ts';
import { exportNote } from '../../view/log/export.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';

export interface ExportNeeds {
  /** The cluster file of the run. */
  readonly uri: string;
  readonly run: string | undefined;
  readonly stateFolder: string;
}

/** Asks for a destination and exports the journal and all logs of a run there, with secrets masked. */
export async function exportLogs({ uri, run, stateFolder }: ExportNeeds): Promise<void> {
  if (run === undefined) {
    void window.showInformationMessage(t(msg('No run of {0} is stored.', fileName(uri))));
    return;
  }
  const name = `stackprep-${run}.tar.gz`;
  const own = workspace.getWorkspaceFolder(Uri.parse(uri)) ?? workspace.workspaceFolders?.[0];
  const folder = own?.uri;
  const target = await window.showSaveDialog({
    ...(folder?.scheme === 'file' ? { defaultUri: Uri.joinPath(folder, name) } : {}),
    title: t(msg('Export Logs of the Run')),
  });
  if (!target) return;
  try {
    // The save dialog has asked whether to overwrite the file.
    await rm(target.fsPath, { force: true });
    await writeArchive({ run, folder: runFolder(stateFolder, run) }, target.fsPath);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    void window.showErrorMessage(t(msg('Cannot export the logs: {0}.', cause.message)));
    return;
  }
  const reveal = t(msg('Show in Folder'));
  const picked = await window.showInformationMessage(t(exportNote), reveal);
  if (picked === reveal) await editor.executeCommand('revealFileInOS', target);
}

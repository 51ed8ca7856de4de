import { FileSystemError, Uri, window, workspace } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { languageId } from '../../protocol/contributions.ts';
import { t } from '../editor/texts.ts';

/** A name that no file of the folder has: `lab`, `lab-2`, and so on. */
async function freeName(folder: Uri, wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    try {
      await workspace.fs.stat(Uri.joinPath(folder, `${name}.cluster.yaml`));
    } catch (cause) {
      if (cause instanceof FileSystemError && cause.code === 'FileNotFound') return name;
      throw cause;
    }
  }
}

/** The folder of the active document, else the first one; undefined without a folder. */
function folderForFile(): Uri | undefined {
  const active = window.activeTextEditor?.document.uri;
  const folder = (active && workspace.getWorkspaceFolder(active)) ?? workspace.workspaceFolders?.[0];
  return folder?.uri;
}

async function openUntitled(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: languageId, content }));
}

/** Writes a new cluster file to the workspace and opens it; where that is not possible, opens it as an untitled document. */
export async function writeClusterFile(wanted: string, text: (name: string) => string): Promise<void> {
  const folder = folderForFile();
  if (!folder) return await openUntitled(text(wanted));
  const name = await freeName(folder, wanted);
  const file = Uri.joinPath(folder, `${name}.cluster.yaml`);
  try {
    await workspace.fs.writeFile(file, new TextEncoder().encode(text(name)));
  } catch (cause) {
    if (!(cause instanceof FileSystemError)) throw cause;
    void window.showErrorMessage(t(msg('{0} was not written: {1}', file.path, cause.message)));
    return await openUntitled(text(name));
  }
  await window.showTextDocument(await workspace.openTextDocument(file), { preview: false });
}

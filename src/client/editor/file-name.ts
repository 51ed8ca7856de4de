import { Uri, workspace } from 'vscode';

/** A file as people tell it from others of the same name: its path in the workspace, with the folder where there are several; of another file the last two parts. */
export function fileName(uri: string): string {
  const parsed = Uri.parse(uri);
  const isInside = workspace.getWorkspaceFolder(parsed) !== undefined;
  return isInside ? workspace.asRelativePath(parsed) : parsed.path.split('/').slice(-2).join('/');
}

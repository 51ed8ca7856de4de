import { Uri, workspace } from 'vscode';

/** The display name of a file: its path in the workspace, with the folder in a multi-root workspace; outside of it, the last two parts. */
export function fileName(uri: string): string {
  const parsed = Uri.parse(uri);
  const isInside = workspace.getWorkspaceFolder(parsed) !== undefined;
  return isInside ? workspace.asRelativePath(parsed) : parsed.path.split('/').slice(-2).join('/');
}

import { FileSystemError, Uri, workspace } from 'vscode';

/** The text of a cluster file, from the editor if it is open there; undefined if the file is gone. */
export async function fileText(uri: string): Promise<string | undefined> {
  const open = workspace.textDocuments.find(
    (document) => document.uri.toString() === uri && !document.isClosed,
  );
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)));
  } catch (cause) {
    if (cause instanceof FileSystemError && cause.code === 'FileNotFound') return undefined;
    throw cause;
  }
}

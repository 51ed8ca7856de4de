import { commands, env, Uri, window, workspace } from 'vscode';

/** The reference page in the user's language. */
export function referencePage(extension: Uri): Uri {
  const name = env.language.startsWith('ko') ? 'reference.ko.md' : 'reference.md';
  return Uri.joinPath(extension, 'schema', name);
}

/** Opens the reference page, at an anchor if given. */
export async function openReference(extension: Uri, anchor: unknown): Promise<void> {
  const page = referencePage(extension);
  const place = typeof anchor === 'string' ? page.with({ fragment: anchor }) : page;
  try {
    await commands.executeCommand('markdown.showPreview', place);
  } catch (cause) {
    // The Markdown extension of VS Code may be disabled; then open the source.
    if (!(cause instanceof Error && /markdown\.showPreview/.test(cause.message))) throw cause;
    await window.showTextDocument(await workspace.openTextDocument(page));
  }
}

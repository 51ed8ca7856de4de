import { commands, env, Uri, window, workspace } from 'vscode';
import { commands as ids } from '../protocol/contributions.ts';

/** The reference page in the user's language. */
export function referencePage(extension: Uri): Uri {
  const name = env.language.startsWith('ko') ? 'reference.ko.md' : 'reference.md';
  return Uri.joinPath(extension, 'schema', name);
}

/** The link that opens an anchor of the reference page; a plain file link would show its source. */
export function referenceLink(anchor: string): Uri {
  return Uri.parse(`command:${ids.openReference}?${encodeURIComponent(JSON.stringify([anchor]))}`);
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

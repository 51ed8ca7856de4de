import { commands, env, Uri, window, workspace } from 'vscode';
import { commands as ids } from '../protocol/contributions.ts';

/** The reference page in the reader's language. */
export function referencePage(extension: Uri): Uri {
  const name = env.language.startsWith('ko') ? 'reference.ko.md' : 'reference.md';
  return Uri.joinPath(extension, 'schema', name);
}

/** The link that opens a place of the reference page; a plain file link would show its source instead. */
export function referenceLink(anchor: string): Uri {
  return Uri.parse(`command:${ids.openReference}?${encodeURIComponent(JSON.stringify([anchor]))}`);
}

/** Opens the reference page, at a place of it where one is named. */
export async function openReference(extension: Uri, anchor: unknown): Promise<void> {
  const page = referencePage(extension);
  const place = typeof anchor === 'string' ? page.with({ fragment: anchor }) : page;
  try {
    await commands.executeCommand('markdown.showPreview', place);
  } catch (cause) {
    // The editor's own Markdown extension can be switched off; then there is the source.
    if (!(cause instanceof Error && /markdown\.showPreview/.test(cause.message))) throw cause;
    await window.showTextDocument(await workspace.openTextDocument(page));
  }
}

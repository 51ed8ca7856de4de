import { commands, type Disposable, env, Uri, window, workspace } from 'vscode';
import { msg } from '../base/l10n.ts';
import { schemes } from '../protocol/contributions.ts';
import { documentation } from '../view/documentation.ts';
import { t } from './editor/texts.ts';

const isKorean = (): boolean => env.language.startsWith('ko');

/** The reference page in the user's language. */
export function referencePage(extension: Uri): Uri {
  return Uri.joinPath(extension, 'schema', isKorean() ? 'reference.ko.md' : 'reference.md');
}

async function openPage(page: Uri): Promise<void> {
  try {
    await commands.executeCommand('markdown.showPreview', page);
  } catch (cause) {
    // The Markdown extension of VS Code may be disabled; then open the source.
    if (!(cause instanceof Error && /markdown\.showPreview/.test(cause.message))) throw cause;
    await window.showTextDocument(await workspace.openTextDocument(page));
  }
}

/** The name of the page that is made from the tables of the messages when it is opened. */
const troubleshooting = 'troubleshooting';

function troubleshootingUri(): Uri {
  const title = t(
    documentation.find(({ file }) => file === troubleshooting)?.title ?? msg('Troubleshooting'),
  );
  return Uri.from({ scheme: schemes.documentation, path: `/${title}.md` });
}

/** Provides the page about message codes, so that the package need not contain it. */
export function provideTroubleshooting(extension: Uri): Disposable {
  return workspace.registerTextDocumentContentProvider(schemes.documentation, {
    provideTextDocumentContent: async () => {
      const { troubleshootingPage } = await import('../view/troubleshooting.ts');
      const { knownFailures } = await import('../yum/explain/catalogue.ts');
      return troubleshootingPage({ knownFailures, reference: referencePage(extension).toString() }, t);
    },
  });
}

/** Opens the reference page, at an anchor if given. */
export async function openReference(extension: Uri, anchor: unknown): Promise<void> {
  const page = referencePage(extension);
  await openPage(typeof anchor === 'string' ? page.with({ fragment: anchor }) : page);
}

/** Opens a page of the documentation by its name, or one that the user chooses. */
export async function openDocumentation(extension: Uri, wanted: unknown): Promise<void> {
  const items = documentation.map((page) => ({ label: t(page.title), description: t(page.about), page }));
  const known = documentation.find(({ file }) => file === wanted);
  const title = t(msg('Select a page of the documentation'));
  const page = known ?? (await window.showQuickPick(items, { title, matchOnDescription: true }))?.page;
  if (!page) return;
  if (page.file === troubleshooting) return await openPage(troubleshootingUri());
  const name = page.isKorean && isKorean() ? `${page.file}.ko.md` : `${page.file}.md`;
  await openPage(Uri.joinPath(extension, 'docs', name));
}

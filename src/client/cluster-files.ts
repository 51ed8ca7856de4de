import { Disposable, FileSystemError, languages, type TextDocument, Uri, workspace } from 'vscode';
import { filePatterns, languageId } from '../protocol/contributions.ts';
import type { OutlineStore } from './stores/outline-store.ts';

/** Maximum number of files per search. */
const most = 200;
const glob = `**/{${filePatterns.join(',')}}`;

/** Cluster files that are not open in an editor; the language server handles open ones. */
export interface ClusterFiles extends Disposable {
  readonly searching: boolean;
  /** Searches for files again and reads them. */
  refresh(): Promise<void>;
  /** Reads a file that may be outside of the workspace. */
  adopt(uri: string): Promise<void>;
  /** Removes such a file, unless it is open in an editor. */
  release(uri: string): void;
}

function isOpen(uri: string): boolean {
  return workspace.textDocuments.some(
    (document) => !document.isClosed && document.languageId === languageId && document.uri.toString() === uri,
  );
}

async function read(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (cause) {
    if (cause instanceof FileSystemError && cause.code === 'FileNotFound') return undefined;
    throw cause;
  }
}

async function load(uri: Uri, outlines: OutlineStore): Promise<void> {
  const key = uri.toString();
  const text = await read(uri);
  const { outlineOfText } = await import('../language/outline.ts');
  if (isOpen(key)) return;
  if (text === undefined) outlines.remove(key);
  else outlines.set(key, outlineOfText({ uri: key, version: 0, text }));
}

/** Watches the workspace; `report` is called with errors, `changed` when a search starts or ends. */
export function watchClusterFiles(
  outlines: OutlineStore,
  { report, changed }: { readonly report: (cause: unknown) => void; readonly changed: () => void },
): ClusterFiles {
  let searches = 0;
  const adopted = new Set<string>();
  const soon = (uri: Uri): void => void load(uri, outlines).catch(report);
  const closed = (document: TextDocument): void => {
    if (document.languageId !== languageId) return;
    const matches = languages.match({ pattern: glob }, document) > 0;
    if (document.uri.scheme === 'untitled' || !matches) outlines.remove(document.uri.toString());
    else soon(document.uri);
  };
  async function refresh(): Promise<void> {
    searches += 1;
    changed();
    try {
      const found = await workspace.findFiles(glob, undefined, most);
      const known = [...outlines.all().map(({ uri }) => uri), ...outlines.unreadable()].map((uri) =>
        Uri.parse(uri),
      );
      const files = new Map([...found, ...known].map((uri) => [uri.toString(), uri]));
      for (const [key, uri] of files) if (!isOpen(key)) await load(uri, outlines);
    } finally {
      searches -= 1;
      changed();
    }
  }
  /** Whether to keep a file although its workspace folder was removed. */
  function isKept(uri: string): boolean {
    return isOpen(uri) || adopted.has(uri) || workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined;
  }
  const watcher = workspace.createFileSystemWatcher(glob);
  const disposables = [
    watcher,
    watcher.onDidCreate(soon),
    watcher.onDidChange(soon),
    watcher.onDidDelete(soon),
    workspace.onDidCloseTextDocument(closed),
    workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const { uri } of removed) outlines.removeBelow(uri.toString(), isKept);
      void refresh().catch(report);
    }),
  ];
  return {
    get searching() {
      return searches > 0;
    },
    refresh,
    adopt: (uri) => {
      adopted.add(uri);
      return load(Uri.parse(uri), outlines);
    },
    release: (uri) => {
      adopted.delete(uri);
      if (!isOpen(uri)) outlines.remove(uri);
    },
    dispose: () => Disposable.from(...disposables).dispose(),
  };
}

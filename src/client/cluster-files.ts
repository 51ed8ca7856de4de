import { Disposable, FileSystemError, languages, type TextDocument, Uri, workspace } from 'vscode';
import type { ProjectFiles } from '../app/project-file.ts';
import { filePatterns, languageId } from '../protocol/contributions.ts';
import { createFileProblems, type FileProblems } from './file-problems.ts';
import type { OutlineStore } from './stores/outline-store.ts';

let projects: Promise<ProjectFiles> | undefined;

/** The settings of projects; their parser, too, is loaded on first use. */
function projectFiles(): Promise<ProjectFiles> {
  projects ??= import('../app/project-file.ts').then(({ createProjectFiles }) => createProjectFiles());
  return projects;
}

/** Maximum number of files per search. */
const maxFiles = 200;
const glob = `**/{${filePatterns.join(',')}}`;

/** Cluster files that are not open in an editor; the language server handles open ones once it has started. */
export interface ClusterFiles extends Disposable {
  /** True until the first search has ended. */
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

interface FileText {
  readonly text: string;
  /** The size of a file that is too large to be read; its text is empty. */
  readonly bytes?: number;
}

/** The text of a file; undefined if there is no such file. */
async function readFile(uri: Uri, mostBytes: number): Promise<FileText | undefined> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > mostBytes) return { text: '', bytes: size };
    return { text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch (cause) {
    if (cause instanceof FileSystemError && cause.code === 'FileNotFound') return undefined;
    throw cause;
  }
}

/** What the files that are read are for. */
interface Stores {
  readonly outlines: OutlineStore;
  readonly problems: FileProblems;
}

async function load(uri: Uri, { outlines, problems }: Stores): Promise<void> {
  const key = uri.toString();
  // The parser is loaded on first use.
  const { mostBytes, readText, tooLarge } = await import('../language/outline.ts');
  const file = await readFile(uri, mostBytes);
  if (isOpen(key)) return;
  if (!file) return outlines.remove(key);
  const { text, bytes } = file;
  const settings = (await projectFiles()).ofUri(key);
  const found =
    bytes === undefined ? readText({ uri: key, version: 0, text }, settings?.severities) : tooLarge(bytes);
  outlines.set(key, found.outline, found.errors);
  await problems.set(key, text, found.problems);
}

/** Reads an open file that the language server has not read yet, so that its views need not wait for the server. */
async function loadOpen(document: TextDocument, outlines: OutlineStore): Promise<void> {
  const uri = document.uri.toString();
  if (document.languageId !== languageId || outlines.has(uri)) return;
  const { readText } = await import('../language/outline.ts');
  if (document.isClosed || outlines.has(uri)) return;
  const { outline, errors } = readText({ uri, version: document.version, text: document.getText() });
  outlines.set(uri, outline, errors);
}

/** Watches the workspace; `report` is called with errors, `changed` when a search starts or ends. */
export function watchClusterFiles(
  outlines: OutlineStore,
  { report, changed }: { readonly report: (cause: unknown) => void; readonly changed: () => void },
): ClusterFiles {
  let searches = 0;
  let hasSearched = false;
  const adopted = new Set<string>();
  const problems = createFileProblems(isOpen);
  const stores = { outlines, problems };
  const soon = (uri: Uri): void => void load(uri, stores).catch(report);
  const opened = (document: TextDocument): void => {
    problems.remove(document.uri.toString());
    loadOpen(document, outlines).catch(report);
  };
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
      for (const document of workspace.textDocuments) await loadOpen(document, outlines);
      const found = await workspace.findFiles(glob, undefined, maxFiles);
      const known = [...outlines.all().map(({ uri }) => uri), ...outlines.unreadable()].map((uri) =>
        Uri.parse(uri),
      );
      const files = new Map([...found, ...known].map((uri) => [uri.toString(), uri]));
      for (const [key, uri] of files) if (!isOpen(key)) await load(uri, stores);
    } finally {
      searches -= 1;
      hasSearched = true;
      changed();
    }
  }
  /** Whether to keep a file although its workspace folder was removed. */
  function isKept(uri: string): boolean {
    return isOpen(uri) || adopted.has(uri) || workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined;
  }
  const watcher = workspace.createFileSystemWatcher(glob);
  const forgotten = outlines.onDidChange((uri) => {
    if (!outlines.has(uri)) problems.remove(uri);
  });
  const disposables = [
    watcher,
    problems,
    workspace.onDidOpenTextDocument(opened),
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
      return searches > 0 || !hasSearched;
    },
    refresh,
    adopt: (uri) => {
      adopted.add(uri);
      return load(Uri.parse(uri), stores);
    },
    release: (uri) => {
      adopted.delete(uri);
      if (!isOpen(uri)) outlines.remove(uri);
    },
    dispose: () => {
      forgotten();
      Disposable.from(...disposables).dispose();
    },
  };
}

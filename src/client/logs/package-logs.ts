import {
  Disposable,
  EventEmitter,
  commands as editor,
  env,
  languages,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { msg } from '../../base/l10n.ts';
import { logLanguageId, schemes } from '../../protocol/contributions.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';
import type { LogDocuments } from './log-documents.ts';

/** Explains output of yum and dnf that is not of a run: documents and selections. */
export interface PackageLogs extends Disposable {
  /** Whether the active editor shows output of the package tools that is not explained yet. */
  readonly isOne: boolean;
  /** Returns what ends the calls. */
  readonly onDidChange: (listener: () => void) => () => void;
  /** Explains the document of a menu, else the selection or the document of the active editor. */
  explain(argument: unknown): Promise<void>;
  /** Explains the text that is selected in the active terminal. */
  explainTerminal(): Promise<void>;
}

export interface PackageLogNeeds {
  /** Loads the features of log documents. */
  readonly load: () => Promise<LogDocuments>;
  readonly report: (cause: unknown) => void;
}

/** Longer documents are not read: VS Code itself does not color or fold them. */
const maxLength = 50_000_000;
/** Excerpts that are kept; the oldest is forgotten. */
const maxExcerpts = 20;

/** Only documents that can be a log are asked for their content. */
function mayBeLog({ languageId, uri }: TextDocument): boolean {
  if (languageId === logLanguageId || uri.scheme === schemes.log) return false;
  return languageId === 'log' || languageId === 'plaintext' || /\.(?:log|out|txt)$/i.test(uri.path);
}

async function isLog(document: TextDocument): Promise<boolean> {
  if (!mayBeLog(document)) return false;
  const { isPackageLog } = await import('../../view/log/package-log.ts');
  return isPackageLog(document.getText());
}

/** Read-only documents with a text that was selected elsewhere. */
function createExcerpts() {
  const texts = new Map<string, string>();
  const provider = workspace.registerTextDocumentContentProvider(schemes.excerpt, {
    provideTextDocumentContent: ({ query }) => texts.get(query) ?? '',
  });
  let count = 0;
  return {
    add: (title: string, text: string): Uri => {
      count += 1;
      texts.set(String(count), text.endsWith('\n') ? text : `${text}\n`);
      texts.delete(String(count - maxExcerpts));
      return Uri.from({
        scheme: schemes.excerpt,
        path: `/${title.replaceAll(/[/\\]/g, '-')}`,
        query: String(count),
      });
    },
    dispose: () => provider.dispose(),
  };
}

/** VS Code has no other way to read what is selected in a terminal; the clipboard is put back. */
async function terminalSelection(): Promise<string> {
  const before = await env.clipboard.readText();
  await env.clipboard.writeText('');
  await editor.executeCommand('workbench.action.terminal.copySelection');
  const text = await env.clipboard.readText();
  await env.clipboard.writeText(before);
  return text;
}

function isWhole({ selection, document }: TextEditor, argument: unknown): boolean {
  const isOther = argument instanceof Uri && argument.toString() !== document.uri.toString();
  return isOther || selection.isEmpty;
}

export function createPackageLogs({ load, report }: PackageLogNeeds): PackageLogs {
  const changed = new EventEmitter<void>();
  const excerpts = createExcerpts();
  let isOne = false;

  async function look(): Promise<void> {
    const document = window.activeTextEditor?.document;
    const found = document !== undefined && (await isLog(document));
    if (found === isOne || document !== window.activeTextEditor?.document) return;
    isOne = found;
    changed.fire();
  }
  const update = (): void => void look().catch(report);

  async function show(document: TextDocument): Promise<void> {
    const text = document.getText();
    const { isPackageLog } = await import('../../view/log/package-log.ts');
    if (text.length > maxLength || !isPackageLog(text)) {
      const name = fileName(document.uri.toString());
      void window.showInformationMessage(
        t(
          text.length > maxLength
            ? msg('{0} is too large to be explained here. Use stackprep logs explain.', name)
            : msg('{0} has no output of yum, dnf, rpm or Packstack.', name),
        ),
      );
      return;
    }
    await (await load()).explain(await languages.setTextDocumentLanguage(document, logLanguageId));
    update();
  }
  async function showText(title: string, text: string): Promise<void> {
    if (text.trim() === '') {
      void window.showInformationMessage(t(msg('Nothing is selected.')));
      return;
    }
    await show(await workspace.openTextDocument(excerpts.add(title, text)));
  }

  const parts = Disposable.from(
    changed,
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidOpenTextDocument(update),
  );
  update();
  return {
    get isOne() {
      return isOne;
    },
    onDidChange: (listener) => {
      const subscription = changed.event(listener);
      return () => subscription.dispose();
    },
    explain: async (argument) => {
      const active = window.activeTextEditor;
      if (active && !isWhole(active, argument)) {
        const { document, selection } = active;
        const title = `${fileName(document.uri.toString())}:${selection.start.line + 1}`;
        return await showText(title, document.getText(selection));
      }
      const uri = argument instanceof Uri ? argument : active?.document.uri;
      if (!uri) void window.showInformationMessage(t(msg('Open a log first, or select its text.')));
      else await show(await workspace.openTextDocument(uri));
    },
    explainTerminal: async () => showText(t(msg('Terminal')), await terminalSelection()),
    dispose: () => {
      parts.dispose();
      excerpts.dispose();
    },
  };
}

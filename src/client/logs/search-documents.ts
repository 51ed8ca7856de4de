import {
  CodeLens,
  Disposable,
  DocumentLink,
  EventEmitter,
  languages,
  ProgressLocation,
  Range,
  Selection,
  type TextDocument,
  ThemeColor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { searchLogs } from '../../app/logs/search-logs.ts';
import { type StoredLog, type StoredRun, storedRuns } from '../../app/logs/stored-runs.ts';
import { msg } from '../../base/l10n.ts';
import { commands, schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { type LogMatches, type SearchHit, type SearchPage, searchPage } from '../../view/log/search-page.ts';
import { t } from '../editor/texts.ts';
import { momentText } from '../editor/time.ts';
import { decodePlace, logUri } from './address.ts';
import { earlierLogs } from './earlier-logs.ts';
import { nextRow, showRow } from './goto.ts';
import type { LogTexts } from './log-texts.ts';
import { type SearchOf, searchOf, searchUri } from './search-uri.ts';

const maxLines = 2000;
const maxMegabytes = 256;

export interface SearchNeeds {
  readonly stateFolder: string;
  readonly texts: LogTexts;
  /** The display name of a cluster file. */
  readonly clusterOf: (uri: string) => string;
}

export interface SearchDocuments extends Disposable {
  /** Asks for a text and shows the lines of a target's logs that contain it. */
  ask(target: Target): Promise<void>;
  /** Moves to the next or previous line found in the active document, wrapping around. */
  goToHit(direction: 1 | -1): void;
}

/** A link to a log; its place is looked up when it is followed. */
class HitLink extends DocumentLink {
  readonly hit: SearchHit;
  constructor(range: Range, hit: SearchHit) {
    super(range);
    this.hit = hit;
  }
}

function styles() {
  return {
    match: window.createTextEditorDecorationType({
      backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
      border: '1px solid',
      borderColor: new ThemeColor('editor.findMatchHighlightBorder'),
      overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    }),
    title: window.createTextEditorDecorationType({ isWholeLine: true, fontWeight: 'bold' }),
  };
}

/** Logs of the runs by node and step, so that the lines of a node are together. */
async function* logsOf(stateFolder: string, runs: readonly StoredRun[], target: Target) {
  for await (const { run, logs } of earlierLogs(stateFolder, runs, target)) {
    const order = ({ node }: StoredLog): number => run.nodes.indexOf(node);
    yield* logs.toSorted((a, b) => order(a) - order(b));
  }
}

/** The results of searches in logs as read-only documents, found again when they are opened again. */
export function createSearchDocuments({ stateFolder, texts, clusterOf }: SearchNeeds): SearchDocuments {
  const changed = new EventEmitter<Uri>();
  const pages = new Map<string, SearchPage>();
  const style = styles();
  let last = '';

  /** The row of the log's document at which its output begins. */
  async function firstRow(log: SearchHit['log']): Promise<number> {
    const place = decodePlace(log);
    return (place && (await texts.of(place))?.sections[0]?.first) ?? 0;
  }

  async function find(search: SearchOf): Promise<SearchPage> {
    const { uri, nodes, step, query } = search;
    const file = Uri.parse(uri).fsPath;
    const runs = (await storedRuns(stateFolder)).filter((run) => run.file === file);
    const logs = logsOf(stateFolder, runs, search);
    const maxBytes = maxMegabytes * 1024 * 1024;
    const result = await searchLogs({ stateFolder, logs, text: query, maxLines, maxBytes });
    const cluster = runs[0]?.cluster ?? clusterOf(uri);
    const subject = { query, cluster, maxLines, maxMegabytes, ...(nodes ? { nodes } : {}) };
    const matches: LogMatches[] = [];
    for (const each of result.matches) matches.push({ ...each, first: await firstRow(each.log) });
    const found = { result: { ...result, matches }, runs };
    return searchPage({ ...subject, ...(step === undefined ? {} : { step }) }, found, {
      t,
      time: momentText,
    });
  }
  const pageOf = ({ uri }: TextDocument): SearchPage | undefined => pages.get(uri.toString());

  function draw(document?: TextDocument): void {
    for (const editor of window.visibleTextEditors) {
      const page = document && editor.document !== document ? undefined : pageOf(editor.document);
      if (!page) continue;
      const places = page.hits.flatMap(({ row, matches }) =>
        matches.map(([first, end]) => new Range(row, first, row, end)),
      );
      editor.setDecorations(style.match, places);
      editor.setDecorations(
        style.title,
        page.titles.map((row) => new Range(row, 0, row, 0)),
      );
    }
  }

  /** A place in the document of the log, which has a head that may grow and shrink. */
  async function logAt({ log, logRow }: SearchHit): Promise<Uri | undefined> {
    const place = decodePlace(log);
    if (!place) return undefined;
    return logUri(place).with({ fragment: `L${(await firstRow(log)) + logRow + 1}` });
  }

  /** What to offer as text: that of the active result, the text selected in a log, or the last one. */
  function offered(): string {
    const editor = window.activeTextEditor;
    const shown = editor && searchOf(editor.document.uri)?.query;
    if (shown !== undefined) return shown;
    const selected =
      editor?.document.uri.scheme === schemes.log ? editor.document.getText(editor.selection).trim() : '';
    return selected === '' || selected.includes('\n') ? last : selected;
  }

  async function show(search: SearchOf): Promise<void> {
    const uri = searchUri(search, t(msg('Search: {0}', search.query)));
    changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document, { preview: true });
    const [first] = pageOf(document)?.hits ?? [];
    if (first) editor.selection = new Selection(first.row, first.first, first.row, first.first);
    draw(document);
  }

  const selector = { scheme: schemes.search };
  const parts = Disposable.from(
    ...[changed, style.match, style.title],
    workspace.registerTextDocumentContentProvider(schemes.search, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const search = searchOf(uri);
        if (!search) return '';
        const title = t(msg('Searching the logs…'));
        const page = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
          find(search),
        );
        pages.set(uri.toString(), page);
        return page.text;
      },
    }),
    languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) =>
        (pageOf(document)?.hits ?? []).map((hit) => {
          const link = new HitLink(new Range(hit.row, hit.first, hit.row, hit.end), hit);
          link.tooltip = t(msg('Show Log'));
          return link;
        }),
      resolveDocumentLink: async (link) => {
        const target = link instanceof HitLink ? await logAt(link.hit) : undefined;
        if (target) link.target = target;
        return link;
      },
    }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: ({ uri }) => {
        const search = searchOf(uri);
        if (!search) return [];
        const { query: _, ...target } = search;
        const command = {
          title: t(msg('Change Search…')),
          command: commands.searchLogs,
          arguments: [target],
        };
        return [new CodeLens(new Range(0, 0, 0, 0), command)];
      },
    }),
    workspace.onDidChangeTextDocument(({ document }) => draw(document)),
    workspace.onDidCloseTextDocument(({ uri }) => void pages.delete(uri.toString())),
    window.onDidChangeVisibleTextEditors(() => draw()),
  );
  return {
    ask: async (target) => {
      const title = t(msg('Search the logs of {0}', clusterOf(target.uri)));
      const placeHolder = t(msg('Text to search for'));
      const query = await window.showInputBox({ title, placeHolder, value: offered() });
      if (query === undefined || query === '') return;
      last = query;
      await show({ ...target, query });
    },
    goToHit: (direction) => {
      const editor = window.activeTextEditor;
      const { hits = [] } = (editor && pageOf(editor.document)) ?? {};
      const rows = hits.map(({ row }) => row);
      const row = editor && nextRow(rows, editor.selection.active.line, direction);
      const hit = hits.find((each) => each.row === row);
      if (editor && hit) showRow(editor, hit.row, hit.first);
    },
    dispose: () => parts.dispose(),
  };
}

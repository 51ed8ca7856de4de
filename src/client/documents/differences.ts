import {
  CodeLens,
  Disposable,
  EventEmitter,
  FoldingRange,
  languages,
  Range,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { msg } from '../../base/l10n.ts';
import type { NodeDifference } from '../../plan/differences.ts';
import { commands, schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { readClusterFile } from '../cluster/cluster-text.ts';
import { t } from '../editor/texts.ts';
import type { Runner } from '../run/runner.ts';
import { selectionOf } from '../run/selection.ts';
import type { RunStore } from '../stores/run-store.ts';
import type { DifferencePage } from './difference-page.ts';
import { documentTarget, documentUri } from './uri.ts';

export interface DifferenceDocuments extends Disposable {
  /** Checks the target, then shows what a run would change there. */
  show(target: Target): Promise<void>;
}

/** Pages that are kept, the newest; a diff editor reads its sides from its page. */
const kept = 5;

/** What makes the pages; it is loaded when one is shown. */
const pageMaker = () => import('./difference-page.ts');

/** The differences of a plan as a read-only document; its files open in diff editors. */
export function createDifferenceDocuments(runs: RunStore, runner: Runner): DifferenceDocuments {
  const changed = new EventEmitter<Uri>();
  const pages = new Map<string, DifferencePage>();
  const selector = { scheme: schemes.differences };

  function keep(uri: Uri, page: DifferencePage): void {
    const key = uri.toString();
    pages.delete(key);
    pages.set(key, page);
    for (const oldest of [...pages.keys()].slice(0, -kept)) pages.delete(oldest);
    changed.fire(uri);
  }

  async function sideOf({ query }: Uri): Promise<string> {
    const { page: key, at, side }: { page?: unknown; at?: unknown; side?: unknown } = JSON.parse(query);
    const page = pages.get(String(key));
    if (!page) return '';
    const { sideText } = await pageMaker();
    return sideText(page, Number(at), side === 'before' ? 'before' : 'after');
  }

  const parts = Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(schemes.differences, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) =>
        pages.get(uri.toString())?.text ?? `# ${t(msg('The nodes have not been checked yet.'))}\n`,
    }),
    workspace.registerTextDocumentContentProvider(schemes.change, { provideTextDocumentContent: sideOf }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: async ({ uri }) => {
        const page = pages.get(uri.toString());
        return page ? (await pageMaker()).lensesOf(uri, page) : [];
      },
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: ({ uri }) =>
        pages.get(uri.toString())?.blocks.map(({ first, last }) => new FoldingRange(first, last)) ?? [],
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: async (document) => {
        const page = pages.get(document.uri.toString());
        return page ? (await pageMaker()).symbolsOf(document, page) : [];
      },
    }),
    languages.registerCodeLensProvider(
      { scheme: schemes.plan },
      {
        provideCodeLenses: ({ uri }) => {
          const title = t(msg('Show Differences'));
          const command = { title, command: commands.planDifferences, arguments: [documentTarget(uri)] };
          return [new CodeLens(new Range(0, 0, 0, 0), command)];
        },
      },
    ),
  );
  return {
    show: async (target) => {
      const found: NodeDifference[] = [];
      const isChecked = await runner.check(target.uri, selectionOf(target), (each) => found.push(each));
      const state = runs.get(target.uri);
      const { cluster } = await readClusterFile(target.uri);
      if (!isChecked || state.run?.refusal || !cluster) return;
      const uri = documentUri(schemes.differences, t(msg('Differences of {0}', cluster.name)), target);
      keep(uri, (await pageMaker()).pageOf(found, { cluster, target, state }));
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, 'diff');
      // A diff editor that opens from the page must not take its place.
      await window.showTextDocument(document, { preview: false });
    },
    dispose: () => parts.dispose(),
  };
}

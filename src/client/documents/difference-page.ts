import { CodeLens, DocumentSymbol, Range, SymbolKind, type TextDocument, Uri } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { oneLine } from '../../base/visible.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { NodeDifference } from '../../plan/differences.ts';
import { selectNodes } from '../../plan/selection.ts';
import { commands, schemes } from '../../protocol/contributions.ts';
import type { RunState } from '../../run/state.ts';
import { differenceBlocks } from '../../view/differences/blocks.ts';
import { type DifferencePage, differencePage, isShown, type PageFile } from '../../view/differences/page.ts';
import { planOf } from '../../view/differences/plan.ts';
import { textOfSide } from '../../view/differences/unified.ts';
import { failureLabel } from '../../view/failures.ts';
import type { Target } from '../../view/live.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import { selectionOf } from '../run/selection.ts';
import { documentTarget } from './uri.ts';

export type { DifferencePage } from '../../view/differences/page.ts';

type Side = 'before' | 'after';

/** The place of a file among all of the page. */
type Numbered = readonly [at: number, file: PageFile];

function numberedFiles({ blocks }: DifferencePage): readonly Numbered[] {
  return [...blocks.flatMap(({ files }) => files).entries()];
}

/** What was found for a target, as a page. */
export function pageOf(
  found: readonly NodeDifference[],
  {
    cluster,
    target,
    state,
  }: { readonly cluster: Cluster; readonly target: Target; readonly state: RunState },
): DifferencePage {
  const selection = selectionOf(target);
  const missing = selectNodes(cluster, selection)
    .map(({ name }) => name)
    .filter((name) => !found.some(({ node }) => node === name))
    .map((name) => {
      const failure = own(state.nodes, name)?.failure;
      return failure ? `${name} (${t(failureLabel(failure.code))})` : name;
    });
  const isKnown = found.length > 0;
  const blocks = differenceBlocks(planOf(cluster, state, selection), found, t);
  return differencePage(
    { ...blocks, cluster: cluster.name, time: timeText(Date.now()), missing, isKnown },
    t,
  );
}

/** The text of one side of a file. */
export function sideText(page: DifferencePage, at: number, side: Side): string {
  const change = numberedFiles(page)[at]?.[1].change;
  return (change && textOfSide(change[side])) ?? '';
}

/** The arguments of `vscode.diff` for a file of a page: both sides as documents, and the title. */
function diffOf(page: Uri, [at, { change, step, nodes }]: Numbered): readonly [Uri, Uri, string] {
  const side = (name: Side): Uri => {
    const query = JSON.stringify({ page: page.toString(), at, side: name });
    return Uri.from({ scheme: schemes.change, path: change.path, query });
  };
  return [side('before'), side('after'), `${oneLine(change.path)} (${step}: ${nodes.join(', ')})`];
}

/** The actions on the first line, and above each file. */
export function lensesOf(uri: Uri, page: DifferencePage): CodeLens[] {
  const files = numberedFiles(page).filter(([, { change }]) => isShown(change));
  const lens = (line: number, title: string, command: string, args: readonly unknown[]): CodeLens =>
    new CodeLens(new Range(line, 0, line, 0), { title, command, arguments: [...args] });
  const resources = files.map((each) => {
    const [before, after] = diffOf(uri, each);
    return [after, before, after];
  });
  const title = t(msg('Differences'));
  return [
    lens(0, t(msg('Check Again')), commands.planDifferences, [documentTarget(uri)]),
    ...(files.length > 1
      ? [lens(0, t(msg('Open All Files in Diff Editor')), 'vscode.changes', [title, resources])]
      : []),
    ...files.map((each) =>
      lens(each[1].line, t(msg('Open in Diff Editor')), 'vscode.diff', diffOf(uri, each)),
    ),
  ];
}

/** The outline: the steps, and the files in each. */
export function symbolsOf(document: TextDocument, { blocks }: DifferencePage): DocumentSymbol[] {
  return blocks.map(({ title, first, last, files }) => {
    const head = document.lineAt(first).range;
    const whole = new Range(head.start, document.lineAt(last).range.end);
    const symbol = new DocumentSymbol(title, '', SymbolKind.Namespace, whole, head);
    symbol.children = files.map(({ change, line }) => {
      const { range } = document.lineAt(line);
      return new DocumentSymbol(oneLine(change.path), '', SymbolKind.File, range, range);
    });
    return symbol;
  });
}

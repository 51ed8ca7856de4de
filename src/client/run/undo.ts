import { QuickPickItemKind, window } from 'vscode';
import { msg, plain } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Selection } from '../../plan/selection.ts';
import { reachOf } from '../../view/reach.ts';
import { cannotUndo, undoingOf } from '../../view/undo.ts';
import { iconText, t } from '../editor/texts.ts';

/** Lets the user pick a step; each shows the effect of undoing it, or how to do so manually. */
export async function pickUndoStep(cluster: Cluster, selection: Selection): Promise<string | undefined> {
  const steps = reachOf(cluster, selection).steps.map((id) => ({ id, ...undoingOf(cluster, id) }));
  const itemsOf = (some: typeof steps) =>
    some.map(({ id, effect }) => ({ label: iconText(plain(id)), detail: iconText(effect), id }));
  const byHand = steps.filter(({ possible }) => !possible);
  const separator = { id: undefined, label: t(msg('Manual undo only')), kind: QuickPickItemKind.Separator };
  const items = [
    ...itemsOf(steps.filter(({ possible }) => possible)),
    ...(byHand.length > 0 ? [separator, ...itemsOf(byHand)] : []),
  ];
  const title = t(msg('Select the step of {0} to undo', cluster.name));
  return (await window.showQuickPick(items, { title, matchOnDetail: true }))?.id;
}

/** Whether Stackprep can undo the step; if not, shows how to do so manually. */
export async function canUndo(cluster: Cluster, step: string): Promise<boolean> {
  const { possible, effect } = undoingOf(cluster, step);
  if (!possible) await window.showInformationMessage(t(cannotUndo(step)), { modal: true, detail: t(effect) });
  return possible;
}

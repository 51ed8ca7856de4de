import { Selection, TextEditorRevealType, Uri, window } from 'vscode';
import type { Outline } from '../core/cluster/outline.ts';
import type { Target } from '../core/view/live.ts';

/** Opens the cluster file at the key of the target's step or node. */
export async function openFile({ uri, nodes, step }: Target, outline: Outline | undefined): Promise<void> {
  const editor = await window.showTextDocument(Uri.parse(uri), { preview: false });
  const item =
    step === undefined
      ? outline?.nodes.find(({ id }) => nodes?.includes(id))
      : outline?.steps.find(({ id }) => id === step);
  const span = item?.span ?? outline?.cluster.span;
  if (!span) return;
  const { document } = editor;
  const selection = new Selection(document.positionAt(span.start), document.positionAt(span.end));
  editor.selection = selection;
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

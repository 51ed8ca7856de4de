import { Selection, type TextEditor, TextEditorRevealType, Uri, window } from 'vscode';
import type { Span } from '../../base/problem.ts';
import type { Outline } from '../../cluster/outline.ts';
import type { Target } from '../../view/live.ts';

/** Opens the cluster file at the key of the target's step or node. */
export async function openFile({ uri, nodes, step }: Target, outline: Outline | undefined): Promise<void> {
  const editor = await window.showTextDocument(Uri.parse(uri), { preview: false });
  const item =
    step === undefined
      ? outline?.nodes.find(({ id }) => nodes?.includes(id))
      : outline?.steps.find(({ id }) => id === step);
  select(editor, item?.span ?? outline?.cluster.span);
}

/** Opens the cluster file at a key (dotted path), or at the place to add it. */
export async function openKey(uri: string, key: string): Promise<void> {
  const editor = await window.showTextDocument(Uri.parse(uri), { preview: false });
  const { spanOfKey } = await import('../../view/key-place.ts');
  select(editor, spanOfKey(editor.document.getText(), key));
}

function select(editor: TextEditor, span: Span | undefined): void {
  if (!span) return;
  const { document } = editor;
  const selection = new Selection(document.positionAt(span.start), document.positionAt(span.end));
  editor.selection = selection;
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

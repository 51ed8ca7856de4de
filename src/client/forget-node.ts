import { ProgressLocation, Uri, window } from 'vscode';
import type { Engine } from '../app/entry.ts';
import { type Message, msg, plain } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import {
  forgetNotes,
  forgetRefusal,
  forgottenText,
  isNothingKept,
  type Kept,
  keptLines,
} from '../view/forget.ts';
import { askCarefully } from './editor/careful-dialog.ts';
import { t } from './editor/texts.ts';
import { timeText } from './editor/time.ts';
import type { ClusterSecrets } from './secrets/cluster-secrets.ts';

export interface ForgetNeeds {
  readonly engine: Engine;
  readonly secrets: ClusterSecrets;
  /** Clears unlocked keys and passwords. */
  readonly clear: () => void;
}

/** The node, and the cluster file that names it. */
export interface NodeOfFile {
  readonly uri: string;
  readonly cluster: Cluster;
  readonly node: ClusterNode;
}

/** Shows or removes what is kept, with a notification that can cancel it. */
async function work(
  { engine, secrets }: ForgetNeeds,
  of: NodeOfFile,
  mode: 'show' | 'remove',
): Promise<Kept> {
  const { uri, cluster, node } = of;
  const titles: Readonly<Record<typeof mode, Message>> = {
    show: msg('Reading what Stackprep keeps of {0}', node.name),
    remove: msg('Removing what Stackprep keeps of {0}', node.name),
  };
  const options = {
    location: ProgressLocation.Notification,
    title: t(titles[mode]),
    cancellable: mode === 'show',
  };
  const found = await window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    return await engine.forgetNode({ cluster, node, file: Uri.parse(uri).fsPath }, mode, stop.signal);
  });
  return { node: node.name, ...found, secrets: secrets.onlyFor(of).length };
}

async function isConfirmed(found: Kept): Promise<boolean> {
  const notes = forgetNotes(found);
  const details = [...keptLines(found), ...notes.flatMap((note) => [plain(''), note])];
  const answer = await askCarefully({
    question: msg('Forget {0}?', found.node),
    details,
    copy: { label: msg('Copy Details'), text: details.map(t).join('\n') },
    answers: [{ label: msg('Forget Node'), value: 'forget' as const }],
  });
  return answer === 'forget';
}

/** Shows what Stackprep keeps of a node, asks, and removes it; shows the result. Returns whether anything was removed. */
export async function forgetNode(needs: ForgetNeeds, of: NodeOfFile): Promise<boolean> {
  const found = await work(needs, of, 'show');
  if (found.onNode.type === 'failed' && found.onNode.failure.code === 'cancelled') return false;
  const refusal = forgetRefusal(found, timeText);
  if (refusal) {
    void window.showErrorMessage(t(refusal));
    return false;
  }
  if (isNothingKept(found)) {
    void window.showInformationMessage(t(msg('Stackprep keeps nothing of {0}.', found.node)));
    return false;
  }
  if (!(await isConfirmed(found))) return false;
  const keys = needs.secrets.onlyFor(of);
  const removed = await work(needs, of, 'remove');
  const late = forgetRefusal(removed, timeText);
  if (late) {
    void window.showErrorMessage(t(late));
    return false;
  }
  await needs.secrets.remove(keys);
  if (keys.length > 0) needs.clear();
  void window.showInformationMessage(t(forgottenText(removed)));
  return true;
}

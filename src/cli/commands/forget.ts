import { resolve } from 'node:path';
import { clockText } from '../../app/clock-text.ts';
import { msg } from '../../base/l10n.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { selectNodes } from '../../plan/selection.ts';
import {
  forgetNotes,
  forgetRefusal,
  forgottenText,
  isNothingKept,
  type Kept,
  keptLines,
} from '../../view/forget.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { prepare } from '../operation/prepare.ts';
import { type EngineWork, withEngine } from '../operation/with-engine.ts';
import { jsonText } from '../text/json.ts';

interface Work extends EngineWork {
  readonly cluster: Cluster;
  /** The absolute path of the cluster file. */
  readonly file: string;
}

/** What happened to a node. */
type End = 'forgotten' | 'nothing' | 'refused' | 'declined' | 'here-only';

async function kept(work: Work, node: ClusterNode, mode: 'show' | 'remove'): Promise<Kept> {
  const { engine, cluster, file, signal } = work;
  const found = await engine.forgetNode({ cluster, node, file }, mode, signal);
  return { node: node.name, ...found, secrets: 0 };
}

function isHereOnly({ onNode }: Kept): boolean {
  return onNode.type === 'failed';
}

async function isConfirmed({ options }: Context, { asker, signal }: Work, found: Kept): Promise<boolean> {
  if (options.yes) return true;
  const without = msg('Not a terminal: use --yes to skip the confirmation.');
  const answer = await asker.inTurn(without, async (on) => {
    asker.print(on, [...keptLines(found), ...forgetNotes(found)]);
    return await asker.readLine(on, msg('Forget {0}? [y/N]', found.node), { echo: true, signal });
  });
  if (answer !== undefined) return /^y(es)?$/i.test(answer.trim());
  return false;
}

/** What is printed for programs: the same as in the texts. */
function report(context: Context, found: Kept, end: End): void {
  const { node, onNode, here } = found;
  const { isBusy: _, ...counts } = here;
  const onTheNode = onNode.type === 'kept' ? { onNode: onNode.kept } : {};
  say(context, jsonText({ type: 'forget', node, result: end, ...onTheNode, here: counts }));
}

async function forgetOne(context: Context, work: Work, node: ClusterNode): Promise<End> {
  const { t, options } = context;
  const { warn } = work;
  const time = (at: number) => clockText(at, Date.now());
  const found = await kept(work, node, 'show');
  const refusal = forgetRefusal(found, time);
  if (refusal) {
    warn(t(refusal));
    return end(found, 'refused');
  }
  if (isNothingKept(found)) {
    if (!options.json) say(context, t(msg('Stackprep keeps nothing of {0}.', node.name)));
    return end(found, 'nothing');
  }
  if (!(await isConfirmed(context, work, found))) {
    warn(t(msg('Nothing was removed.')));
    return end(found, 'declined');
  }
  const removed = await kept(work, node, 'remove');
  const late = forgetRefusal(removed, time);
  if (late) {
    warn(t(late));
    return end(removed, 'refused');
  }
  if (!options.json)
    for (const line of [...keptLines(removed), ...forgetNotes(removed)]) say(context, t(line));
  if (!options.json) say(context, t(forgottenText(removed)));
  return end(removed, isHereOnly(removed) ? 'here-only' : 'forgotten');

  function end(what: Kept, how: End): End {
    if (options.json) report(context, what, how);
    return how;
  }
}

function exitCode(ends: readonly End[]): number {
  if (ends.includes('refused')) return exit.findings;
  if (ends.includes('declined')) return exit.cancelled;
  return ends.length > 0 && ends.every((end) => end === 'here-only') ? exit.unreachable : exit.fine;
}

/** `stackprep forget`: removes what Stackprep keeps of nodes, after it has shown it and asked. */
export async function forget(context: Context): Promise<number> {
  const { io, options } = context;
  if (options.nodes.length === 0)
    return wrongUse(context, msg('forget requires a node: stackprep forget FILE --node NAME.'));
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  if (!options.yes && !io.stdinIsTTY)
    return wrongUse(context, msg('Not a terminal: use --yes to skip the confirmation.'));
  const { cluster, selection } = opened;
  const file = resolve(io.cwd, opened.file);
  return await withEngine(context, prepared, async (on) => {
    const ends: End[] = [];
    // Sequential, since each may ask a question.
    for (const node of selectNodes(cluster, selection))
      if (!on.signal.aborted) ends.push(await forgetOne(context, { ...on, cluster, file }, node));
    return on.signal.aborted ? exit.cancelled : exitCode(ends);
  });
}

import { resolve } from 'node:path';
import { clockText } from '../../app/clock-text.ts';
import type { Engine } from '../../app/entry.ts';
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
import { type Asker, createAsker } from '../terminal/asker.ts';
import { terminalPrompts } from '../terminal/prompts.ts';
import { jsonText } from '../text/json.ts';

interface Work {
  readonly engine: Engine;
  readonly asker: Asker;
  readonly cluster: Cluster;
  /** The absolute path of the cluster file. */
  readonly file: string;
  readonly signal: AbortSignal;
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
  const { io, t, options } = context;
  const warn = (line: string) => void io.stderr.write(`${line}\n`);
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
  const { io, t, options } = context;
  if (options.nodes.length === 0)
    return wrongUse(context, msg('forget requires a node: stackprep forget FILE --node NAME.'));
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  if (!options.yes && !io.stdinIsTTY)
    return wrongUse(context, msg('Not a terminal: use --yes to skip the confirmation.'));
  const stop = new AbortController();
  const unsubscribe = io.onInterrupt(() => stop.abort());
  const nothing = (): void => undefined;
  const notice = (line: string) => void io.stderr.write(`${line}\n`);
  const asker = createAsker({ io, t, notice, suspend: nothing, resume: nothing });
  const { createEngine } = await import('../../app/entry.ts');
  const engine = createEngine({
    ...{ stateFolder: prepared.stateFolder, home: io.home, env: io.env },
    knownHosts: () => prepared.knownHosts,
    prompts: terminalPrompts(asker, io.env),
  });
  const { cluster, selection } = opened;
  const work = { engine, asker, cluster, file: resolve(io.cwd, opened.file), signal: stop.signal };
  try {
    const ends: End[] = [];
    // Sequential, since each may ask a question.
    for (const node of selectNodes(cluster, selection))
      if (!stop.signal.aborted) ends.push(await forgetOne(context, work, node));
    return stop.signal.aborted ? exit.cancelled : exitCode(ends);
  } finally {
    unsubscribe();
    await engine.dispose();
  }
}

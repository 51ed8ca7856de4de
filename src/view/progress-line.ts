import { largest, smallest } from '../base/extremes.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { NodeStatus, StepStatus } from '../run/state.ts';
import { timeLeft } from '../yum/pace.ts';
import { lostBy } from './cell.ts';
import { nodeCount, unreachableCount } from './counts.ts';
import { type ClusterSource, lockText, nodeOf, withLeft, withRunCancelled } from './live.ts';
import { nodeProgress } from './node-progress.ts';
import { reasonText } from './reasons.ts';
import { runTimeLeft } from './run-time-left.ts';
import { percentOf, withManifest } from './status.ts';

/** Progress of the whole run. */
export interface ProgressLine {
  /**
   * `4/36 steps, about 12 min left · upgrade on 4 nodes · slowest openstack3 57 %, about 2 min left`: a time left
   * belongs to the text before it.
   */
  readonly text: Message;
  /** The same without the transaction: changes only when a step starts or ends, and with the minutes that are left. */
  readonly brief: Message;
  /** Completed share of the work, 0 to 100; includes the progress of yum or dnf within a step. */
  readonly percent: number;
}

/** The nodes that the run is working on. */
function workingNodes(source: ClusterSource): readonly (readonly [name: string, node: NodeStatus])[] {
  return (source.scope?.nodes ?? []).flatMap((name) => {
    const node = nodeOf(source, name);
    const isWorkedOn = node.outcome === undefined && node.connection !== 'idle' && !lostBy(node);
    return isWorkedOn ? [[name, node] as const] : [];
  });
}

/** `3 nodes`, or the name of the only one. */
function nodesText(names: readonly string[]): Message {
  const [first = ''] = names;
  return names.length === 1 ? plain(first) : nodeCount(names.length);
}

/** The step that most nodes are at; the first in the order of work if there are several. */
function commonStep(
  source: ClusterSource,
): { readonly id: string; readonly nodes: readonly string[] } | undefined {
  const working = workingNodes(source);
  const nodesAt = new Map<string, string[]>();
  for (const [name] of working) {
    for (const id of nodeProgress(source, name).working) {
      const nodes = nodesAt.get(id) ?? [];
      nodes.push(name);
      nodesAt.set(id, nodes);
    }
  }
  const maxNodes = largest(
    [...nodesAt.values()].map(({ length }) => length),
    0,
  );
  for (const { id } of source.outline.steps) {
    const nodes = nodesAt.get(id);
    if (nodes?.length === maxNodes) return { id, nodes };
  }
  return undefined;
}

/** What the first node that waits for long waits for. */
function waitText(working: ReturnType<typeof workingNodes>): Message | undefined {
  const [name = '', waits] =
    working.map(([node, status]) => [node, status.waits] as const).find((each) => each[1]) ?? [];
  return waits && joined([name, reasonText(waits)], ': ');
}

/** What nodes without a step in progress are doing. */
function idleText(source: ClusterSource): Message | undefined {
  const working = workingNodes(source);
  const at = (connecting: boolean): readonly string[] =>
    working.flatMap(([name, { connection }]) => ((connection === 'connecting') === connecting ? [name] : []));
  const checking = at(false);
  if (checking.length > 0) return msg('checking {0}', nodesText(checking));
  const connecting = at(true);
  const waiting = waitText(working);
  if (waiting) return waiting;
  return connecting.length > 0 ? msg('connecting to {0}', nodesText(connecting)) : undefined;
}

function transactionText({ yum, pace }: StepStatus): Message | undefined {
  if (yum?.lockHolder) return lockText(yum.lockHolder);
  const percent = percentOf(yum);
  if (percent === undefined) return undefined;
  return withLeft(withManifest(plain(`${percent} %`), yum), pace && timeLeft(pace));
}

/** The transaction that is least advanced among the nodes at a step; one that waits for a lock before all others. */
function slowestText(
  source: ClusterSource,
  { id, nodes }: { readonly id: string; readonly nodes: readonly string[] },
): Message | undefined {
  const known = nodes.flatMap((name) => {
    const step = own(nodeOf(source, name).steps, id);
    const text = step && transactionText(step);
    const percent = step?.yum?.lockHolder ? -1 : (percentOf(step?.yum) ?? 0);
    return text ? [{ name, text, percent }] : [];
  });
  const minPercent = smallest(known.map(({ percent }) => percent));
  const slowest = known.find(({ percent }) => percent === minPercent);
  if (!slowest) return undefined;
  const { name, text } = slowest;
  return nodes.length === 1 ? text : msg('slowest {0} {1}', name, text);
}

/** What went wrong so far. */
function troubleTexts(source: ClusterSource, failed: number): readonly Message[] {
  const lost = (source.scope?.nodes ?? []).filter((name) => lostBy(nodeOf(source, name))).length;
  return [...(lost > 0 ? [unreachableCount(lost)] : []), ...(failed > 0 ? [msg('{0} failed', failed)] : [])];
}

/** The progress of a run: steps on nodes that will no longer run are not counted. */
export function progressLine(source: ClusterSource): ProgressLine {
  let [total, finished, share, failed] = [0, 0, 0, 0];
  for (const name of source.scope?.nodes ?? []) {
    const node = nodeProgress(source, name);
    total += node.total;
    finished += node.finished;
    share += node.share;
    failed += node.failed;
  }
  const at = commonStep(source);
  const slowest = at && slowestText(source, at);
  const activity = at ? msg('{0} on {1}', at.id, nodesText(at.nodes)) : idleText(source);
  const count = withLeft(msg('{0}/{1} steps', finished, total), runTimeLeft(source));
  const head = [count, ...(activity ? [activity] : [])];
  const trouble = troubleTexts(source, failed);
  const line = (parts: readonly Message[]): Message => withRunCancelled(source, joined(parts, ' · '));
  return {
    text: line([...head, ...(slowest ? [slowest] : []), ...trouble]),
    brief: line([...head, ...trouble]),
    percent: total === 0 ? 0 : Math.floor((100 * share) / total),
  };
}

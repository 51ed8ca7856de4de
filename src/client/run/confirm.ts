import { type Message, msg } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../../plan/plan.ts';
import { isRunnable } from '../../view/matrix.ts';
import { nodeCount } from '../../view/tree.ts';
import { lastingOf, lastingText, undoingOf } from '../../view/undo.ts';

/** What a run would touch; both lists in the file's order. */
export interface Reach {
  readonly nodes: readonly { readonly name: string; readonly host: string }[];
  readonly steps: readonly string[];
}

/** How many names a dialog lists before it counts the rest. */
const listed = 20;

/** The nodes that have something to run, and the steps. */
export function reachOf(cluster: Cluster, selection: Selection): Reach {
  const used = selectNodes(cluster, selection).flatMap((node) => {
    const steps = selectSteps(cluster, node, selection).filter(isRunnable);
    return steps.length > 0 ? [{ node, steps: steps.map((item) => item.id) }] : [];
  });
  const wanted = new Set(used.flatMap(({ steps }) => steps));
  return {
    nodes: used.map(({ node }) => ({ name: node.name, host: node.ssh.host })),
    steps: cluster.steps.map((item) => item.id).filter((id) => wanted.has(id)),
  };
}

function list(names: readonly string[]): Message {
  const shown = names.slice(0, listed).join(', ');
  const rest = names.length - listed;
  return rest > 0 ? msg('{0} and {1} more', shown, rest) : msg('{0}', shown);
}

/** What is asked, and what stands below it. */
export interface Question {
  readonly question: Message;
  readonly detail: Message;
}

function hostsOf({ nodes }: Reach): Message {
  return list(nodes.map(({ name, host }) => `${name} (${host})`));
}

/** The question before an undo: what it gives back, and the hosts by name. */
export function undoConfirmation(cluster: Cluster, reach: Reach, step: string): Question {
  return {
    question: msg('Undo {0} on {1} of {2}?', step, nodeCount(reach.nodes.length), cluster.name),
    detail: msg('{0}\n\nNodes: {1}', undoingOf(cluster, step).told, hostsOf(reach)),
  };
}

/** The question before a run: what is asked, and below it the steps and the hosts by name. */
export function confirmation(cluster: Cluster, reach: Reach): Question {
  const steps =
    reach.steps.length === 1
      ? msg('Steps: {0}', list(reach.steps))
      : msg('Steps in this order: {0}', list(reach.steps));
  const detail = msg(
    '{0}\n\nNodes: {1}\n\nA step that is already done changes nothing.',
    steps,
    hostsOf(reach),
  );
  const lasting = lastingText(lastingOf(cluster, reach.steps));
  return {
    question: msg(
      'Run {0} on {1} of {2}?',
      stepCount(reach.steps.length),
      nodeCount(reach.nodes.length),
      cluster.name,
    ),
    detail: lasting ? msg('{0}\n\n{1}', detail, lasting) : detail,
  };
}

function stepCount(count: number): Message {
  return count === 1 ? msg('1 step') : msg('{0} steps', count);
}

import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import type { ChangeKind } from '../../base/run-kind.ts';
import { batchesFor } from '../../cluster/batches.ts';
import type { Cluster } from '../../cluster/model.ts';
import { planText } from '../../view/batches.ts';
import { nodeCount, nodeNames, stepCount, stepNames } from '../../view/counts.ts';
import type { Reach } from '../../view/reach.ts';
import { lastingOf, lastingText, undoingOf } from '../../view/undo.ts';

/** Maximum number of names in a dialog; the rest is counted. */
const listed = 20;

/** A question and its details. */
export interface Question {
  readonly question: Message;
  readonly detail: Message;
}

function hostsOf({ nodes }: Reach): Message {
  const names = nodes.map(({ name, host }) => `${name} (${host})`);
  return nodeNames(names, listed);
}

/** The batches of the file, if it divides these nodes. */
function batchText(kind: ChangeKind, cluster: Cluster, { nodes }: Reach): readonly Message[] {
  const names = nodes.map(({ name }) => name);
  const text = planText(batchesFor(names, { kind, cluster }));
  return text ? [text] : [];
}

/** The question before an undo: the effect of each step, and the names of the hosts. */
export function undoConfirmation(cluster: Cluster, reach: Reach): Question {
  const [step = '', ...more] = reach.steps.toReversed();
  const what = more.length === 0 ? plain(step) : stepCount(reach.steps.length);
  const effect = [step, ...more].map((id) =>
    more.length === 0 ? undoingOf(cluster, id).effect : joined([id, undoingOf(cluster, id).effect], ': '),
  );
  return {
    question: msg('Undo {0} on {1} of {2}?', what, nodeCount(reach.nodes.length), cluster.name),
    detail: joined(
      [msg('{0}\n\nNodes: {1}', joined(effect, '\n'), hostsOf(reach)), ...batchText('undo', cluster, reach)],
      '\n\n',
    ),
  };
}

/** The question before a run, with the names of the steps and hosts. */
export function confirmation(cluster: Cluster, reach: Reach): Question {
  const batches = batchText('run', cluster, reach);
  const steps =
    reach.steps.length === 1
      ? msg('Steps: {0}', stepNames(reach.steps, listed))
      : msg('Steps in this order: {0}', stepNames(reach.steps, listed));
  const detail = msg(
    '{0}\n\nNodes: {1}\n\nSteps that are already done change nothing.',
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
    detail: joined([detail, ...batches, ...(lasting ? [lasting] : [])], '\n\n'),
  };
}

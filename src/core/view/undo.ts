import type { Cluster } from '../cluster/model.ts';
import { type Message, msg } from '../l10n.ts';
import { runnableStep } from '../plan/payload.ts';
import { findStep } from '../steps/catalogue.ts';

/** What undoing a step comes to: `told` is what it gives back, or where Stackprep cannot do it, how it is done by hand. */
export interface Undoing {
  readonly possible: boolean;
  readonly told: Message;
}

/** What undoing comes to for a step of the cluster. */
export function undoingOf(cluster: Cluster, step: string): Undoing {
  const known = findStep(step);
  const item = cluster.steps.find(({ id }) => id === step);
  const [node] = cluster.nodes;
  return {
    possible: !!item && !!node && runnableStep(cluster, node, item)?.script.revert !== undefined,
    told: known?.script ? known.undo : msg('It is not known what this step has changed.'),
  };
}

/** That a step cannot be undone; how it is done by hand is told beside it. */
export function cannotUndo(step: string): Message {
  return msg('Stackprep cannot undo {0}.', step);
}

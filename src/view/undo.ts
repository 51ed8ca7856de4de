import { type Message, msg } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { plannedStep } from '../plan/step.ts';
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
    possible: !!item && !!node && plannedStep(cluster, node, item)?.reverts === true,
    told: known?.isAvailable ? known.undo : msg('It is unknown what this step changed.'),
  };
}

/** Of some steps of the cluster those that Stackprep cannot undo, to be said before they are run. */
export function lastingOf(cluster: Cluster, steps: readonly string[]): readonly string[] {
  return steps.filter((step) => !undoingOf(cluster, step).possible);
}

/** That some steps cannot be undone; undefined where there is none. */
export function lastingText(steps: readonly string[]): Message | undefined {
  return steps.length > 0 ? msg('Stackprep cannot undo: {0}.', steps.join(', ')) : undefined;
}

/** That a step cannot be undone; how it is done by hand is told beside it. */
export function cannotUndo(step: string): Message {
  return msg('Stackprep cannot undo {0}.', step);
}

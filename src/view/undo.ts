import { type Message, msg } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { plannedStep } from '../plan/step.ts';
import { findStep } from '../steps/catalogue.ts';

/** The effect of undoing a step; if Stackprep cannot undo it, how to do so manually. */
export interface Undoing {
  readonly possible: boolean;
  readonly effect: Message;
}

/** The effect of undoing a step of the cluster. */
export function undoingOf(cluster: Cluster, step: string): Undoing {
  const known = findStep(step);
  const item = cluster.steps.find(({ id }) => id === step);
  const [node] = cluster.nodes;
  return {
    possible: !!item && !!node && plannedStep(cluster, node, item)?.reverts === true,
    effect: known ? known.undo : msg('It is unknown what this step changed.'),
  };
}

/** The given steps that Stackprep cannot undo, to warn before they run. */
export function lastingOf(cluster: Cluster, steps: readonly string[]): readonly string[] {
  return steps.filter((step) => !undoingOf(cluster, step).possible);
}

/** Text for steps that cannot be undone; undefined if there are none. */
export function lastingText(steps: readonly string[]): Message | undefined {
  return steps.length > 0 ? msg('Stackprep cannot undo: {0}.', steps.join(', ')) : undefined;
}

/** Text for a step that cannot be undone; how to undo it manually is shown next to it. */
export function cannotUndo(step: string): Message {
  return msg('Stackprep cannot undo {0}.', step);
}

import { type Message, msg } from '../../core/l10n.ts';
import { activityText, type ClusterSource, nodeOf } from '../../core/view/live.ts';
import { indexOf } from '../../core/view/outline-index.ts';

/** One line for the progress notification, and how much of the work is behind it, 0 to 100. */
export function progressLine(source: ClusterSource): { readonly text: Message; readonly percent: number } {
  const { scope, state } = source;
  const nodes = scope?.nodes ?? [];
  const meant = new Set(scope?.steps);
  const finished = nodes.filter((name) => nodeOf(source, name).outcome !== undefined);
  const active = nodes.filter((name) => {
    const { connection, outcome } = nodeOf(source, name);
    return outcome === undefined && connection !== 'idle';
  });
  const [first] = active;
  const count = msg('{0} of {1} nodes finished', finished.length, nodes.length);
  const activity = first === undefined ? undefined : activityText(source, first);
  const shares = nodes.map((name) => {
    if (nodeOf(source, name).outcome !== undefined) return 1;
    const all = (indexOf(source.outline).stepsOf.get(name) ?? []).filter(({ id }) => meant.has(id)).length;
    const steps = Object.values(nodeOf(source, name).steps);
    const behind = steps.filter((step) => step.logRun === state.run?.id && step.outcome !== undefined);
    return state.run?.kind === 'run' && all > 0 ? behind.length / all : 0;
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  return {
    text: activity && first !== undefined ? msg('{0} · {1}: {2}', count, first, activity) : count,
    percent: nodes.length === 0 ? 0 : Math.floor((100 * sum) / nodes.length),
  };
}

import type { Target } from '../../view/live.ts';
import { worstOf } from '../../view/status.ts';
import type { TreeItemView } from '../../view/tree.ts';

function means({ target }: TreeItemView, wanted: Target): boolean {
  return (
    target.uri === wanted.uri &&
    (wanted.step === undefined || target.step === wanted.step) &&
    (wanted.nodes === undefined || (target.nodes ?? []).every((name) => wanted.nodes?.includes(name)))
  );
}

const statuses: ReadonlySet<string> = new Set([
  'running',
  'failed',
  'drifted',
  'needed',
  'cancelled',
  'unknown',
]);

/** The item for a target: the exact one, or else the most important one of its parts. */
export function pickItem(items: readonly TreeItemView[], wanted: Target): TreeItemView | undefined {
  const candidates = items.filter((item) => item.kind !== 'cluster' && means(item, wanted));
  const cluster = items.find((item) => item.kind === 'cluster' && item.target.uri === wanted.uri);
  if (wanted.step === undefined && wanted.nodes === undefined) return cluster;
  const isOneNode = wanted.nodes?.length === 1;
  const exact = candidates.find((item) => {
    if (wanted.step === undefined) return item.kind === 'node' && isOneNode;
    return item.kind === (wanted.nodes === undefined ? 'step' : 'cell') && (!wanted.nodes || isOneNode);
  });
  if (exact) return exact;
  const worst = worstOf(
    candidates.flatMap(({ icon }) =>
      statuses.has(icon) ? [icon as Parameters<typeof worstOf>[0][number]] : [],
    ),
  );
  return candidates.find((item) => item.icon === worst) ?? candidates[0] ?? cluster;
}

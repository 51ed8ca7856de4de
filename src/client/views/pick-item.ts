import { assertNever } from '../../base/assert-never.ts';
import type { Target } from '../../view/live.ts';
import { type Status, worstOf } from '../../view/status.ts';
import type { TreeItemView } from '../../view/tree.ts';

function means({ target }: TreeItemView, wanted: Target): boolean {
  return (
    target.uri === wanted.uri &&
    (wanted.step === undefined || target.step === wanted.step) &&
    (wanted.nodes === undefined || (target.nodes ?? []).every((name) => wanted.nodes?.includes(name)))
  );
}

/** Whether an icon is a status that an item is chosen for. */
function isNotable(icon: TreeItemView['icon']): icon is Status {
  switch (icon) {
    case 'cluster':
    case 'node':
    case 'waiting':
    case 'done':
    case 'changed':
    case 'unchanged':
    case 'nothing-to-undo':
    case 'unchecked':
    case 'unavailable':
      return false;
    case 'running':
    case 'failed':
    case 'interrupted':
    case 'unreachable':
    case 'blocked':
    case 'drifted':
    case 'needed':
    case 'undone':
    case 'cancelled':
    case 'unknown':
      return true;
    default:
      return assertNever(icon);
  }
}

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
  const worst = worstOf(candidates.map(({ icon }) => icon).filter(isNotable));
  return candidates.find((item) => item.icon === worst) ?? candidates[0] ?? cluster;
}

import { assertNever } from '../../base/assert-never.ts';
import type { Target } from '../../view/live.ts';
import { type Status, worstOf } from '../../view/status.ts';
import type { TreeItemView } from '../../view/tree-item.ts';

/** Whether an item is a target or a part of it. */
function isPart({ target }: TreeItemView, wanted: Target, names: ReadonlySet<string> | undefined): boolean {
  return (
    target.uri === wanted.uri &&
    (wanted.step === undefined || target.step === wanted.step) &&
    (names === undefined || (target.nodes ?? []).every((name) => names.has(name)))
  );
}

/** Whether an icon is a status that an item is chosen for. */
function isNotable(icon: TreeItemView['icon']): icon is Status {
  switch (icon) {
    case 'cluster':
    case 'faulty':
    case 'node':
    case 'range':
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
    case 'not-started':
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

/** The kind of item that a target has, if it has one. */
function kindOf({ nodes, step }: Target): TreeItemView['kind'] {
  if (nodes === undefined) return 'step';
  if (nodes.length > 1) return 'range';
  return step === undefined ? 'node' : 'cell';
}

/** The item for a target: the exact one, or else the most important one of its parts. */
export function pickItem(items: readonly TreeItemView[], wanted: Target): TreeItemView | undefined {
  const names = wanted.nodes && new Set(wanted.nodes);
  const candidates = items.filter((item) => item.kind !== 'cluster' && isPart(item, wanted, names));
  const cluster = items.find((item) => item.kind === 'cluster' && item.target.uri === wanted.uri);
  if (wanted.step === undefined && wanted.nodes === undefined) return cluster;
  const kind = kindOf(wanted);
  const exact = candidates.find(
    (item) => item.kind === kind && item.target.nodes?.length === wanted.nodes?.length,
  );
  if (exact) return exact;
  const worst = worstOf(candidates.map(({ icon }) => icon).filter(isNotable));
  return candidates.find((item) => item.icon === worst) ?? candidates[0] ?? cluster;
}

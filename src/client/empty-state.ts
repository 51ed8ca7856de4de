import type { EmptyState } from '../protocol/contributions.ts';

/** Why the sidebar is empty; `none` if it is not. */
export function emptyStateOf(facts: {
  readonly clusters: number;
  readonly unreadable: number;
  readonly searching: boolean;
  readonly folders: number;
}): EmptyState {
  if (facts.clusters > 0) return 'none';
  if (facts.searching) return 'searching';
  if (facts.unreadable > 0) return 'unreadable';
  return facts.folders === 0 ? 'no-folder' : 'no-file';
}

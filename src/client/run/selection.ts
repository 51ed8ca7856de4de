import type { Selection } from '../../plan/selection.ts';
import type { Target } from '../../view/live.ts';

/** What a target selects of its cluster. */
export function selectionOf({ nodes, step }: Target): Selection {
  return { ...(nodes ? { nodes } : {}), ...(step === undefined ? {} : { steps: [step] }) };
}

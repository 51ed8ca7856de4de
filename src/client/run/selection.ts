import type { Selection } from '../../core/plan/plan.ts';
import type { Target } from '../../core/view/live.ts';

/** What a target selects of its cluster. */
export function selectionOf({ nodes, step }: Target): Selection {
  return { ...(nodes ? { nodes } : {}), ...(step === undefined ? {} : { steps: [step] }) };
}

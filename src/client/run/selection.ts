import type { Selection } from '../../plan/selection.ts';
import type { Target } from '../../view/live.ts';

/** The selection of a target in its cluster. */
export function selectionOf({ nodes, step }: Target): Selection {
  return { ...(nodes ? { nodes } : {}), ...(step === undefined ? {} : { steps: [step] }) };
}

import type { Selection } from '../../plan/selection.ts';
import type { Target } from '../../view/live.ts';

/** The selection of a target in its cluster. */
export function selectionOf({ nodes, step }: Target): Selection {
  return { ...(nodes ? { nodes } : {}), ...(step === undefined ? {} : { steps: [step] }) };
}

/** The target of the same steps on other nodes. */
export function targetOf(uri: string, { steps }: Selection, nodes: readonly string[]): Target {
  const [step, ...more] = steps ?? [];
  return { uri, nodes, ...(step === undefined || more.length > 0 ? {} : { step }) };
}

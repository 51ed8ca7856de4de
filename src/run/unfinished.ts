import { changesNodes } from '../base/run-kind.ts';
import type { RunKind, RunOutcome } from '../base/states.ts';

/** The jobs of older runs have been removed from the nodes. Milliseconds. */
const maxAgeMs = 14 * 86_400_000;

/** What a stored run says about its end. */
interface Ending {
  readonly kind: RunKind;
  readonly outcome?: RunOutcome;
  /** Time of the last event. */
  readonly last: number;
}

/** Whether a run has no end and may still be in progress on its nodes; a check leaves nothing there. */
export function isUnfinished({ outcome, kind, last }: Ending, now: number): boolean {
  return outcome === undefined && changesNodes(kind) && now - last <= maxAgeMs;
}

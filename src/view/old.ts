import { joined, type Message, plain } from '../base/l10n.ts';
import type { RunState, StepStatus } from '../run/state.ts';
import type { ClusterSource } from './live.ts';

/** When an earlier run found the states, as text; undefined if they are of this window. */
export function ageOf({ run }: RunState, time: (at: number) => string): Message | undefined {
  return run?.isOld ? plain(time(run.finishedAt ?? run.startedAt)) : undefined;
}

/** `10 done · yesterday 23:17`: a text with the age of what it says, if it is old. */
export function withAge({ age }: ClusterSource, text: Message): Message {
  return age ? joined([text, age], ' · ') : text;
}

/** The mark of an item whose status is that of an earlier run. */
export function oldMark(isOld: boolean | undefined): { readonly isOld?: true } {
  return isOld ? { isOld } : {};
}

/** Whether everything that is known about some steps is old. */
export function areOld(steps: readonly (StepStatus | undefined)[]): boolean {
  const known = steps.filter((step) => step !== undefined);
  return known.length > 0 && known.every(({ isOld }) => isOld);
}

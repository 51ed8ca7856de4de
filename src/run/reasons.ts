import type { Reason } from '../base/states.ts';

/** Limit for the reasons of one check: a node may print any number, and every state repeats them. */
export const maxReasons = 200;

/** Adds a reason; beyond the limit, a last one says that there are more. */
export function addReason(reasons: Reason[], reason: Reason): void {
  if (reasons.length < maxReasons) reasons.push(reason);
  else if (reasons.length === maxReasons) reasons.push({ code: 'more-reasons', args: [String(maxReasons)] });
}

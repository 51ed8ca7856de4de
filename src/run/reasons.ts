import type { Reason } from '../base/states.ts';

/** So many reasons of one check are kept; a node may print any number, and every state repeats them. */
export const maxReasons = 200;

/** Adds a reason that a node gave; where it gives too many, the last one says so. */
export function addReason(reasons: Reason[], reason: Reason): void {
  if (reasons.length < maxReasons) reasons.push(reason);
  else if (reasons.length === maxReasons) reasons.push({ code: 'more-reasons', args: [String(maxReasons)] });
}

/**
 * The versions of what is stored and read again: the journal of a run on this computer, the folder of a job on its node, and the
 * list of secrets that the editor keeps. A number is raised when a version that does not know it would misread what is written
 * now. What carries no number was written by 0.1.0 before there were any, and counts as 1.
 */
export const formats = { journal: 2, job: 2, secretKeys: 2 } as const;

/** The format that something stored says of itself: 1 where it says none, undefined where it is no whole number. */
export function formatNumber(value: unknown): number | undefined {
  if (value === undefined) return 1;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/**
 * Versions of the stored formats: the journal of a run on this computer, the result of a finished run next to it, the folder of a
 * job on its node, and the editor's list of secrets. Raise a number when older versions would misread the new format. Data without
 * a number comes from early builds of 0.1.0 and counts as format 1.
 */
export const formats = { journal: 3, result: 1, job: 2, secretKeys: 2, export: 1 } as const;

/** The format number of stored data: 1 if it has none, undefined if it is not a positive whole number. */
export function formatNumber(value: unknown): number | undefined {
  if (value === undefined) return 1;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

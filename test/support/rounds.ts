/** The number of rounds of a test with random texts: enough for some seconds, or the value of `STACKPREP_FUZZ`. */
export function rounds(usual: number): number {
  return Number(process.env.STACKPREP_FUZZ ?? usual);
}

/** Whether this is the long run, which skips nothing. */
export const isLong = process.env.STACKPREP_FUZZ !== undefined;

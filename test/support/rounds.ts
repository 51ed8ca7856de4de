/** How many rounds a test with random texts takes: some seconds' worth, or as many as `STACKPREP_FUZZ` says. */
export function rounds(usual: number): number {
  return Number(process.env.STACKPREP_FUZZ ?? usual);
}

/** Whether it is the long run, which leaves nothing out. */
export const isLong = process.env.STACKPREP_FUZZ !== undefined;

import { spawnSync } from 'node:child_process';

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;
}

/**
 * The shells with which the steps are tested: by default bash, which is `sh` on Enterprise Linux. The lab's nodes
 * have dash; `STACKPREP_SHELLS="dash bash"` tests both here.
 */
export const nodeShells: readonly string[] = (process.env.STACKPREP_SHELLS ?? 'bash').split(' ');

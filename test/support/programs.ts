import { spawnSync } from 'node:child_process';

/** Whether a program is on the PATH of this machine. */
export function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;
}

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LookName } from './looks.ts';
import type { ProcessName } from './process.ts';
import { room } from './room.ts';
import type { MirrorKind } from './world/repofile.ts';

/** The one folder of the lab that runs in this room; its address range is one, so is the lab. */
export const labFolder = `/run/stackprep-lab${room}`;

/** What was made, written before it is made. */
export interface LabState {
  readonly look: LookName;
  readonly mirror: MirrorKind;
  readonly nodes: readonly string[];
  /** The bridges and the route are this lab's, no one else's. */
  readonly network?: boolean;
  /** The mirror's folder that is bound into the nodes, where packages come from there. */
  readonly bound?: string;
  /** The process that the lab ends with; absent for a lab that stays up after the command that made it. */
  readonly owner?: ProcessName;
  /** The mirror's own process, where it has one. */
  readonly server?: ProcessName;
}

const stateFile = join(labFolder, 'state.json');

export function readState(): LabState | undefined {
  return existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as LabState) : undefined;
}

/** Claims the lab; gives false where another one has it. */
export function claimState(state: LabState): boolean {
  mkdirSync(labFolder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(stateFile, JSON.stringify(state, null, 2), { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

export function writeState(state: LabState): void {
  writeFileSync(stateFile, JSON.stringify(state, null, 2));
}

export function removeState(): void {
  rmSync(labFolder, { recursive: true, force: true });
}

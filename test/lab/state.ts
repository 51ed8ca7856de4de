import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MirrorKind } from './distributions/repofile.ts';
import { namespaceSuffix } from './namespace.ts';
import type { ProcessName } from './process.ts';
import type { SystemName } from './systems.ts';

/** The folder of the lab in this namespace; its address range is fixed, so there is only one lab. */
export const labFolder = `/run/stackprep-lab${namespaceSuffix}`;

/** What the lab creates, recorded before it is created. */
export interface LabState {
  readonly system: SystemName;
  readonly mirror: MirrorKind;
  readonly nodes: readonly string[];
  /** Whether the bridges and the route belong to this lab. */
  readonly network?: boolean;
  /** Systems of single nodes that have another one. */
  readonly systems?: Readonly<Record<string, SystemName>>;
  /** The mirror's folder that is bound into each node, if packages are installed from it. */
  readonly bound?: Readonly<Record<string, string>>;
  /** The process that the lab is taken down with; absent for a lab that stays up after the command that started it. */
  readonly owner?: ProcessName;
  /** The process of the mirror, if there is one. */
  readonly server?: ProcessName;
}

const stateFile = join(labFolder, 'state.json');

export function readState(): LabState | undefined {
  return existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as LabState) : undefined;
}

/** Claims the lab; returns false if another process has it. */
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

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { namespaceSuffix } from './namespace.ts';
import { sleepSync } from './run.ts';

/** `CGROUP2_SUPER_MAGIC` of the kernel's magic.h. */
const cgroup2 = 0x63677270;

/**
 * The hierarchies that systemd inside a node needs: version 2 alone, or in a mixed layout the named hierarchy of version 1
 * and version 2. Every node gets its own group in each; otherwise all nodes would share one.
 */
export function hierarchies(): readonly string[] {
  const top = '/sys/fs/cgroup';
  if (!existsSync(top)) return [];
  if (statfsSync(top).type === cgroup2) return [top];
  return [join(top, 'systemd'), join(top, 'unified')].filter((folder) =>
    existsSync(join(folder, 'cgroup.procs')),
  );
}

const parent = `stackprep-lab${namespaceSuffix}`;

/** The parent groups of all nodes in this namespace. */
export function parentGroups(): readonly string[] {
  return hierarchies().map((top) => join(top, parent));
}

export function nodeGroups(node: string): readonly string[] {
  return hierarchies().map((top) => join(top, parent, node));
}

export function makeGroups(node: string): void {
  for (const group of nodeGroups(node)) {
    for (const inner of ['supervisor', 'machine']) mkdirSync(join(group, inner), { recursive: true });
  }
}

/** The processes of a group and its subgroups. */
export function processesOf(group: string): readonly number[] {
  return foldersBelow(group).flatMap((folder) => {
    const text = readIfThere(join(folder, 'cgroup.procs')) ?? '';
    return text.split('\n').filter(Boolean).map(Number);
  });
}

/** Kills everything in a node's groups at once, like a power failure; returns the processes that remain. */
export function killGroups(node: string): readonly number[] {
  const end = Date.now() + 10_000;
  let left: readonly number[] = [];
  do {
    left = nodeGroups(node).flatMap(processesOf);
    for (const pid of left) killIfThere(pid);
    if (left.length > 0) sleepSync(20);
  } while (left.length > 0 && Date.now() < end);
  return left;
}

/** Removes a node's groups; returns those that could not be removed. */
export function removeGroups(node: string): readonly string[] {
  const left: string[] = [];
  for (const group of nodeGroups(node)) {
    for (const folder of [...foldersBelow(group)].reverse()) {
      try {
        rmdirSync(folder);
      } catch (cause) {
        if (!gone.has((cause as NodeJS.ErrnoException).code ?? ''))
          left.push(`control group ${folder}: ${String(cause)}`);
      }
    }
  }
  return left;
}

/** Removes the lab's parent group once no node's group is left in it. */
export function removeParentGroups(): void {
  for (const folder of parentGroups()) {
    if (existsSync(folder) && foldersBelow(folder).length === 1) rmdirSync(folder);
  }
}

/** A group and its subgroups, outer ones first. */
function foldersBelow(group: string): readonly string[] {
  if (!existsSync(group)) return [];
  return [group, ...innerGroups(group).flatMap((name) => foldersBelow(join(group, name)))];
}

/** Processes and groups may end while they are read. */
const gone = new Set(['ENOENT', 'ENODEV', 'ESRCH']);

function innerGroups(group: string): readonly string[] {
  try {
    const entries = readdirSync(group, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (cause) {
    if (gone.has((cause as NodeJS.ErrnoException).code ?? '')) return [];
    throw cause;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (gone.has((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw cause;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if (!gone.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
  }
}

/** Freezes or thaws everything in a node's groups. */
export function freezeGroups(node: string, frozen: boolean): void {
  for (const group of nodeGroups(node)) {
    const file = join(group, 'cgroup.freeze');
    if (existsSync(file)) writeFileSync(file, frozen ? '1' : '0');
  }
}

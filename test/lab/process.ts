import { readFileSync } from 'node:fs';

/** A process named so that a later one with the same number is not taken for it. */
export interface ProcessName {
  readonly pid: number;
  /** Start time in clock ticks since boot, field 22 of /proc/PID/stat. */
  readonly start: string;
}

/** When a living process started, or undefined where there is none with this number. */
export function processStart(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (cause) {
    if (
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ||
      (cause as NodeJS.ErrnoException).code === 'ESRCH'
    )
      return undefined;
    throw cause;
  }
  // The second field is the program's name in parentheses and may hold anything: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

export function nameProcess(pid: number): ProcessName | undefined {
  const start = processStart(pid);
  return start === undefined ? undefined : { pid, start };
}

export function lives(name: ProcessName): boolean {
  return processStart(name.pid) === name.start;
}

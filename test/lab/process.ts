import { readFileSync } from 'node:fs';

/** A process identity that does not match a later process with the same PID. */
export interface ProcessName {
  readonly pid: number;
  /** Start time in clock ticks since boot, field 22 of /proc/PID/stat. */
  readonly start: string;
}

/** The start time of a running process; undefined if there is none with this PID. */
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
  // The second field is the program's name in parentheses and may contain anything: count from the last parenthesis.
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

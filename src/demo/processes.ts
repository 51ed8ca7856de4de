import { randomInt } from 'node:crypto';
import type { Processes } from './channels.ts';
import { Job, type Pace } from './job.ts';
import { jobTable } from './job-table.ts';
import { nodeKeys, readKeysRequest } from './node-keys.ts';
import { afterCancel, program } from './node-program.ts';
import type { NodeState } from './node-state.ts';
import { readScript } from './script.ts';
import type { Started } from './started.ts';

/** The process table of a node. */
export interface ProcessTable extends Processes {
  /** Terminates all processes. */
  killAll(): void;
}

export function processTable(node: NodeState, pace: Pace): ProcessTable {
  const running = new Set<Job>();
  const start = (text: string): Started | undefined => {
    const script = readScript(text);
    const keys = script ? undefined : readKeysRequest(text);
    if (!script && !keys) return undefined;
    node.nextPid += randomInt(3, 40);
    const job = new Job(node.nextPid, pace, node.slowness);
    running.add(job);
    if (!script)
      return {
        ...{ job, program: nodeKeys(node, keys?.makes ?? false), aftermath: () => [] },
        ended: () => void running.delete(job),
      };
    return {
      job,
      program: program(node, script, { pid: job.pid, isProven: () => job.isProven }),
      aftermath: () => afterCancel(node, script),
      ended: () => void running.delete(job),
    };
  };
  return {
    start,
    jobs: jobTable(start),
    killAll() {
      for (const job of running) job.kill('TERM');
    },
  };
}

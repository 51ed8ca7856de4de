import { randomInt } from 'node:crypto';
import type { Processes } from './channels.ts';
import { Job, type Pace } from './job.ts';
import { program } from './node-program.ts';
import type { NodeState } from './node-state.ts';
import { readScript } from './script.ts';

/** The process table of a node. */
export interface ProcessTable extends Processes {
  /** Terminates everything that runs. */
  killAll(): void;
}

export function processTable(node: NodeState, pace: Pace): ProcessTable {
  const jobs = new Map<number, Job>();
  return {
    start(text) {
      const script = readScript(text);
      if (!script) return undefined;
      node.nextPid += randomInt(3, 40);
      const job = new Job(node.nextPid, pace, node.slowness);
      jobs.set(job.pid, job);
      return { job, program: program(node, script, job.pid) };
    },
    kill(pid, signal) {
      const job = jobs.get(pid);
      job?.kill(signal);
      return job !== undefined;
    },
    ended(job) {
      jobs.delete(job.pid);
    },
    killAll() {
      for (const job of jobs.values()) job.kill('TERM');
    },
  };
}

import { createHash } from 'node:crypto';
import { drive } from './drive.ts';
import type { Job } from './job.ts';
import type { Started } from './started.ts';

/** The parameters of a job's start. */
export interface JobStart {
  readonly name: string;
  readonly script: string;
  readonly key: string;
  readonly nonce: string;
  readonly who: string;
}

/** A job of a simulated node, which continues without a connection. */
export interface NodeJob {
  readonly name: string;
  readonly key: string;
  readonly nonce: string;
  readonly who: string;
  /** The process while it is running. */
  readonly process: Job;
  readonly size: number;
  /** Undefined while it runs. */
  readonly code?: number;
  read(offset: number, length: number): Buffer;
  sum(): string;
  /** Resolves at the next change. */
  news(): Promise<void>;
  /** Calls the listener when the connections of followers drop, until the returned function is called. */
  watch(drop: () => void): () => void;
}

/** The jobs of a node. */
export interface JobTable {
  /** Starts the job, unless it was started before or the same step is running; undefined for a script that is not simulated. */
  start(start: JobStart): NodeJob | undefined;
  find(name: string): NodeJob | undefined;
  all(): readonly NodeJob[];
  /** Removes the jobs that have ended. */
  clear(): void;
}

class RunningJob implements NodeJob {
  readonly name: string;
  readonly key: string;
  readonly nonce: string;
  readonly who: string;
  readonly process: Job;
  code?: number;
  #log = Buffer.alloc(0);
  #wakes: (() => void)[] = [];
  readonly #watchers = new Set<() => void>();

  constructor({ name, key, nonce, who }: JobStart, process: Job) {
    this.name = name;
    this.key = key;
    this.nonce = nonce;
    this.who = who;
    this.process = process;
  }

  get size(): number {
    return this.#log.length;
  }

  read(offset: number, length: number): Buffer {
    return this.#log.subarray(offset, offset + length);
  }

  sum(): string {
    return createHash('sha256').update(this.#log).digest('hex');
  }

  news(): Promise<void> {
    return new Promise((resolve) => this.#wakes.push(resolve));
  }

  watch(drop: () => void): () => void {
    this.#watchers.add(drop);
    return () => this.#watchers.delete(drop);
  }

  append(text: string): void {
    this.#log = Buffer.concat([this.#log, Buffer.from(text)]);
    this.#notify();
  }

  end(code: number): void {
    this.code = code;
    this.#notify();
  }

  dropLinks(): void {
    for (const drop of [...this.#watchers]) drop();
  }

  #notify(): void {
    for (const wake of this.#wakes.splice(0)) wake();
  }
}

async function run(job: RunningJob, { program, aftermath, ended }: Started): Promise<void> {
  const printer = {
    print: async (text: string) => job.append(text),
    drop: () => job.dropLinks(),
  };
  let code = await drive(program, job.process, printer);
  if (job.process.signal && code !== 0) {
    for (const { text } of aftermath()) job.append(text);
    code = 0;
  }
  ended();
  job.end(code);
}

/** `launch` starts the process of a script. */
export function jobTable(launch: (script: string) => Started | undefined): JobTable {
  const jobs = new Map<string, RunningJob>();
  return {
    start(start) {
      const known =
        jobs.get(start.name) ??
        [...jobs.values()].find(({ key, code }) => key === start.key && code === undefined);
      if (known) return known;
      const started = launch(start.script);
      if (!started) return undefined;
      const job = new RunningJob(start, started.job);
      jobs.set(start.name, job);
      void run(job, started);
      return job;
    },
    find: (name) => jobs.get(name),
    all: () => [...jobs.values()],
    clear: () => {
      for (const { name, code } of [...jobs.values()]) if (code !== undefined) jobs.delete(name);
    },
  };
}

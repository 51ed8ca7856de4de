import { appendFile, open, readdir } from 'node:fs/promises';
import type { NodeOutcome, StepOutcome } from '../base/states.ts';
import type { BatchPlan } from '../cluster/batches.ts';
import { parseMaxFailed } from '../cluster/rollout.ts';
import type { TimedEvent } from '../run/events.ts';
import { isUnfinished } from '../run/unfinished.ts';
import { isFromLog } from './jobs/job-events.ts';
import { readJobRecord } from './jobs/job-files.ts';
import { journalEvents } from './logs/journal-file.ts';
import { journalPath, logFile, nameOfFile, nodeFolderPath, runFolder } from './logs/paths.ts';
import { ownerOf, releaseRun } from './logs/run-owner.ts';
import { type StoredRun, storedRuns } from './logs/stored-runs.ts';
import { openTextFile } from './logs/text-file.ts';
import type { UnfinishedAbsence, UnfinishedJob } from './node-work.ts';

/** The state of a run whose process ended early. */
export interface UnfinishedRun {
  readonly run: string;
  /** Finished nodes and their outcomes. */
  readonly finished: ReadonlyMap<string, NodeOutcome>;
  /** The outcomes of finished steps, by node. */
  readonly steps: ReadonlyMap<string, ReadonlyMap<string, StepOutcome>>;
  /** Jobs that were sent and whose end was not seen, by node. */
  readonly jobs: ReadonlyMap<string, UnfinishedJob>;
  /** The nodes that were away from a quorum, or had to reboot. */
  readonly away: ReadonlyMap<string, UnfinishedAbsence>;
  /** Its batches, if it had several. */
  readonly plan?: BatchPlan;
  /** Whether it had begun to connect to nodes. */
  readonly hasBegun: boolean;
}

/** Runs that change nodes, have no end, and are followed by no process; the newest first. */
export async function openRuns(stateFolder: string, now: number): Promise<readonly StoredRun[]> {
  const open: StoredRun[] = [];
  for (const run of await storedRuns(stateFolder)) {
    if (isUnfinished(run, now) && (await ownerOf(run.folder)) === undefined) open.push(run);
  }
  return open;
}

const key = (node: string, step: string): string => JSON.stringify([node, step]);

/** Ends a last line that was cut off, so that the next event starts on a new line. */
async function endLastLine(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) });
    if (size > 0 && buffer[0] !== 10) await appendFile(path, '\n');
  } finally {
    await file.close();
  }
}

/** Rewrites the log of a step from the journal: after a crash, either may be incomplete. */
async function rewriteLog(
  stateFolder: string,
  on: { run: string; node: string; step: string },
): Promise<void> {
  const out = await openTextFile(logFile(stateFolder, on), 'w');
  try {
    for await (const event of events(stateFolder, on.run))
      if (event.type === 'log' && event.node === on.node && event.step === on.step)
        await out.write(`${event.line}\n`);
  } finally {
    await out.close();
  }
}

/** The readable events of a run. */
export async function* events(stateFolder: string, run: string): AsyncGenerator<TimedEvent> {
  const path = journalPath(runFolder(stateFolder, run));
  const reading = { path, follow: false, signal: new AbortController().signal };
  for await (const event of journalEvents(reading)) if (event) yield event;
}

/** The steps of a node that have a recorded job. */
async function recordedSteps(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const steps = names.flatMap((name) => /^(.+)\.\d+\.job$/.exec(name)?.[1] ?? []).map(nameOfFile);
  return [...new Set(steps)];
}

/** The batches that a journal has. */
export function planIn({ batches, maxFailed }: Extract<TimedEvent, { type: 'batches-planned' }>): BatchPlan {
  const limit = maxFailed === undefined ? undefined : parseMaxFailed(maxFailed);
  return { batches, ...(limit ? { maxFailed: limit } : {}) };
}

/** Collects the state of the nodes from a journal. */
class JournalSummary {
  readonly finished = new Map<string, NodeOutcome>();
  readonly steps = new Map<string, Map<string, StepOutcome>>();
  readonly away = new Map<string, UnfinishedAbsence>();
  plan: BatchPlan | undefined;
  hasBegun = false;
  /** By node and step: how many log events of its last job were reported. */
  readonly #reported = new Map<string, number>();

  add(event: TimedEvent): void {
    if (event.type === 'node-connecting') this.hasBegun = true;
    if (event.type === 'batches-planned') this.plan = planIn(event);
    if (event.type === 'node-finished') this.finished.set(event.node, event.outcome);
    if (event.type === 'step-started') this.#reported.set(key(event.node, event.step), 0);
    if (event.type === 'step-finished') this.#endStep(event);
    if (event.type === 'notice') this.#notice(event);
    if ('step' in event && isFromLog(event)) this.#count(key(event.node, event.step));
  }

  isOver(node: string, step: string): boolean {
    return this.steps.get(node)?.has(step) ?? false;
  }

  reported(node: string, step: string): number {
    return this.#reported.get(key(node, step)) ?? 0;
  }

  #endStep({ node, step, outcome }: Extract<TimedEvent, { type: 'step-finished' }>): void {
    this.steps.set(node, (this.steps.get(node) ?? new Map<string, StepOutcome>()).set(step, outcome));
  }

  #notice({ node, step, reason: { code, args } }: Extract<TimedEvent, { type: 'notice' }>): void {
    const before = this.away.get(node) ?? { step, services: [], needsReboot: false };
    const { boot: _, ...awake } = before;
    if (code === 'reboot-needed') this.away.set(node, { ...before, step, needsReboot: true });
    else if (code === 'quorum-checking') this.away.set(node, { ...before, step, services: args });
    else if (code === 'rebooting' && args[0]) this.away.set(node, { ...before, step, boot: args[0] });
    else if (code === 'rebooted') this.away.set(node, { ...awake, needsReboot: false });
    else if (code === 'quorum-back') this.away.set(node, { ...before, services: [] });
  }

  /** Only a started step has a job; events of checks are not counted. */
  #count(of: string): void {
    const count = this.#reported.get(of);
    if (count !== undefined) this.#reported.set(of, count + 1);
  }
}

/** Reads the state of an unfinished run, and repairs its journal and logs so that they can be continued. */
export async function readUnfinishedRun(
  stateFolder: string,
  { run, nodes }: StoredRun,
): Promise<UnfinishedRun> {
  const folder = runFolder(stateFolder, run);
  await endLastLine(journalPath(folder));
  const journal = new JournalSummary();
  for await (const event of events(stateFolder, run)) journal.add(event);
  const jobs = new Map<string, UnfinishedJob>();
  for (const node of nodes) {
    if (journal.finished.has(node)) continue;
    const recorded = await recordedSteps(nodeFolderPath(folder, node));
    const step = recorded.find((id) => !journal.isOver(node, id));
    const record = step === undefined ? undefined : await readJobRecord(stateFolder, { run, node, step });
    if (!record) continue;
    jobs.set(node, { record, reported: journal.reported(node, record.step) });
    await rewriteLog(stateFolder, { run, node, step: record.step });
  }
  const { finished, steps, away, plan, hasBegun } = journal;
  return { run, finished, steps, jobs, away, hasBegun, ...(plan ? { plan } : {}) };
}

/** Marks an abandoned run as cancelled in its journal. */
export async function closeRun(stateFolder: string, run: string, now: number): Promise<void> {
  const folder = runFolder(stateFolder, run);
  await endLastLine(journalPath(folder));
  const end: TimedEvent = { type: 'run-finished', outcome: 'cancelled', at: now };
  await appendFile(journalPath(folder), `${JSON.stringify(end)}\n`);
  await releaseRun(folder);
}

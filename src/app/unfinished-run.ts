import { appendFile, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { changesNodes } from '../base/run-kind.ts';
import type { RunOutcome } from '../base/states.ts';
import type { TimedEvent } from '../run/events.ts';
import { isFromLog } from './jobs/job-events.ts';
import { readJobRecord } from './jobs/job-files.ts';
import { journalEvents } from './logs/journal-file.ts';
import { type KeptRun, keptRuns } from './logs/kept-runs.ts';
import { journalPath, logFile, runFolder } from './logs/places.ts';
import { disownRun, ownerOf } from './logs/run-owner.ts';
import { openTextFile } from './logs/text-file.ts';
import type { LeftJob } from './node-work.ts';

/** What an earlier process has left of a run. */
export interface LeftRun {
  readonly run: string;
  /** Nodes that are through, with how they ended. */
  readonly finished: ReadonlyMap<string, RunOutcome>;
  /** Steps of a node that are through. */
  readonly steps: ReadonlyMap<string, ReadonlySet<string>>;
  /** The job of a node that was sent and whose end was not seen. */
  readonly jobs: ReadonlyMap<string, LeftJob>;
}

/** Runs older than this are left alone: their jobs have been cleared away on the nodes. Milliseconds. */
const longAgo = 14 * 86_400_000;

/** Runs that change nodes, that have no end, and that no living process follows; the newest first. */
export async function openRuns(stateFolder: string, now: number): Promise<readonly KeptRun[]> {
  const open: KeptRun[] = [];
  for (const run of await keptRuns(stateFolder)) {
    if (run.outcome !== undefined || !changesNodes(run.kind) || now - run.last > longAgo) continue;
    if ((await ownerOf(run.folder)) === undefined) open.push(run);
  }
  return open;
}

const key = (node: string, step: string): string => JSON.stringify([node, step]);

/** A journal that was cut in the middle of a line goes on in a line of its own. */
async function mendEnd(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) });
    if (size > 0 && buffer[0] !== 10) await appendFile(path, '\n');
  } finally {
    await file.close();
  }
}

/** Makes the log file of a step what the journal says: a process that was killed may have left either behind the other. */
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

/** The events of a run that can be read. */
export async function* events(stateFolder: string, run: string): AsyncGenerator<TimedEvent> {
  const path = journalPath(runFolder(stateFolder, run));
  const reading = { path, follow: false, signal: new AbortController().signal };
  for await (const event of journalEvents(reading)) if (event) yield event;
}

/** The steps of a node for which a job was noted. */
async function notedSteps(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const steps = names.flatMap((name) => /^(.+)\.\d+\.job$/.exec(name)?.[1] ?? []);
  return [...new Set(steps)];
}

/** What the journal of a run tells of its nodes. */
class JournalOfNodes {
  readonly finished = new Map<string, RunOutcome>();
  readonly steps = new Map<string, Set<string>>();
  /** By node and step: how many events of the log of its last job there are. */
  readonly #told = new Map<string, number>();

  add(event: TimedEvent): void {
    if (event.type === 'node-finished') this.finished.set(event.node, event.outcome);
    if (event.type === 'step-started') this.#told.set(key(event.node, event.step), 0);
    if (event.type === 'step-finished') this.#endStep(event.node, event.step);
    if ('step' in event && isFromLog(event)) this.#count(key(event.node, event.step));
  }

  isOver(node: string, step: string): boolean {
    return this.steps.get(node)?.has(step) ?? false;
  }

  told(node: string, step: string): number {
    return this.#told.get(key(node, step)) ?? 0;
  }

  #endStep(node: string, step: string): void {
    this.steps.set(node, (this.steps.get(node) ?? new Set()).add(step));
  }

  /** Only a step that was started has a job: what a check tells is not counted. */
  #count(of: string): void {
    const count = this.#told.get(of);
    if (count !== undefined) this.#told.set(of, count + 1);
  }
}

/** Reads what is left of a run, and makes its journal and logs fit to be written on. */
export async function readLeftRun(stateFolder: string, { run, nodes }: KeptRun): Promise<LeftRun> {
  const folder = runFolder(stateFolder, run);
  await mendEnd(journalPath(folder));
  const journal = new JournalOfNodes();
  for await (const event of events(stateFolder, run)) journal.add(event);
  const jobs = new Map<string, LeftJob>();
  for (const node of nodes) {
    if (journal.finished.has(node)) continue;
    const noted = await notedSteps(join(folder, node));
    const step = noted.find((id) => !journal.isOver(node, id));
    const record = step === undefined ? undefined : await readJobRecord(stateFolder, { run, node, step });
    if (!record) continue;
    jobs.set(node, { record, told: journal.told(node, record.step) });
    await rewriteLog(stateFolder, { run, node, step: record.step });
  }
  return { run, finished: journal.finished, steps: journal.steps, jobs };
}

/** Ends a run in its journal that nobody goes on with. */
export async function closeRun(stateFolder: string, run: string, now: number): Promise<void> {
  const folder = runFolder(stateFolder, run);
  await mendEnd(journalPath(folder));
  const end: TimedEvent = { type: 'run-finished', outcome: 'cancelled', at: now };
  await appendFile(journalPath(folder), `${JSON.stringify(end)}\n`);
  await disownRun(folder);
}

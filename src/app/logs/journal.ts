import type { TimedEvent } from '../../run/events.ts';
import { emptyRunState, type RunState, reduceRun } from '../../run/state.ts';
import { writeClusterText } from './cluster-text.ts';
import { journalLine } from './journal-file.ts';
import { journalPath, logFile, runFolder } from './paths.ts';
import { defaultRetention, prune, type Retention } from './retention.ts';
import { claimRun, markUnfollowed, releaseRun } from './run-owner.ts';
import { writeResult } from './run-result.ts';
import { openTextFile, type TextFile } from './text-file.ts';
import type { WriteGuard } from './write-guard.ts';

/** Where and how a run is written. */
export interface JournalOptions {
  readonly stateFolder: string;
  readonly writeGuard: WriteGuard;
  readonly retention?: Retention;
  /** The text of the cluster file, stored with a new run. */
  readonly text?: string;
}

/** The journal and log files of one run. */
class RunJournal {
  readonly #folder: string;
  readonly #journal: string;
  /** Paths of the log files by node and step; computed once each. */
  readonly #logs = new Map<string, string>();
  readonly #options: JournalOptions;
  readonly #run: string;
  readonly #open = new Map<string, TextFile>();
  /** The states of the nodes so far; undefined for a resumed run, whose beginning was not seen here. */
  #state: RunState | undefined;

  constructor(options: JournalOptions, run: string) {
    this.#options = options;
    this.#run = run;
    this.#folder = runFolder(options.stateFolder, run);
    this.#journal = journalPath(this.#folder);
  }

  async begin(event: Extract<TimedEvent, { type: 'run-started' | 'run-resumed' }>): Promise<void> {
    const { stateFolder, writeGuard, retention = defaultRetention } = this.#options;
    await writeGuard.write(this.#journal, async () => {
      this.#open.set(this.#journal, await openTextFile(this.#journal, 'a'));
      await claimRun(this.#folder);
    });
    if (event.type !== 'run-started') return;
    this.#state = emptyRunState;
    if (this.#options.text !== undefined) await writeClusterText(this.#folder, this.#options.text);
    await prune(stateFolder, retention, event.at);
  }

  /** Writes an event; does nothing after a write has failed. */
  write(event: TimedEvent): Promise<void> | undefined {
    if (this.#options.writeGuard.failed.aborted) return undefined;
    if (this.#state) this.#state = reduceRun(this.#state, event);
    const wait = this.#add(this.#journal, journalLine(event));
    if (event.type !== 'log' && event.type !== 'step-finished') return wait;
    const path = this.#logOf(event);
    const also = event.type === 'log' ? this.#add(path, `${event.line}\n`) : this.#close(path);
    return also && wait ? wait.then(() => also) : (also ?? wait);
  }

  /** Closes all files; a run that could not be written completely stays unfinished. */
  async end(): Promise<void> {
    const { writeGuard } = this.#options;
    for (const path of [...this.#open.keys()]) await this.#close(path);
    if (writeGuard.failed.aborted) return await markUnfollowed(this.#folder);
    if (this.#state?.run?.outcome !== undefined) await writeResult(this.#folder, this.#state);
    await releaseRun(this.#folder);
  }

  #logOf({ node, step }: { readonly node: string; readonly step: string }): string {
    const key = `${node}\n${step}`;
    const known = this.#logs.get(key);
    if (known !== undefined) return known;
    const path = logFile(this.#options.stateFolder, { run: this.#run, node, step });
    this.#logs.set(key, path);
    return path;
  }

  /** Undefined if the text was queued without waiting. */
  #add(path: string, text: string): Promise<void> | undefined {
    const file = this.#open.get(path);
    if (file) {
      const wait = file.write(text);
      return wait && this.#options.writeGuard.write(path, () => wait);
    }
    return this.#options.writeGuard.write(path, async () => {
      const fresh = await openTextFile(path, 'a');
      this.#open.set(path, fresh);
      await fresh.write(text);
    });
  }

  async #close(path: string): Promise<void> {
    const file = this.#open.get(path);
    this.#open.delete(path);
    if (file) await this.#options.writeGuard.write(path, () => file.close());
  }
}

/**
 * Writes each event to the journal, and log lines also to their log file, then passes it on; it is passed on even if it cannot
 * be written. A new run removes old logs.
 */
export async function* journal(
  events: AsyncIterable<TimedEvent>,
  options: JournalOptions,
): AsyncGenerator<TimedEvent> {
  let runJournal: RunJournal | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'run-started' || event.type === 'run-resumed') {
        runJournal = new RunJournal(options, event.run);
        await runJournal.begin(event);
      }
      // Of interest only while it lasts.
      const wait = event.type === 'node-waiting' ? undefined : runJournal?.write(event);
      if (wait) await wait;
      yield event;
    }
  } finally {
    await runJournal?.end();
  }
}

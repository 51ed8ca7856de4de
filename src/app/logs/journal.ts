import type { TimedEvent } from '../../run/events.ts';
import { journalLine } from './journal-file.ts';
import { journalPath, logFile, runFolder } from './places.ts';
import { defaultRetention, prune, type Retention } from './retention.ts';
import { disownRun, leaveRun, ownRun } from './run-owner.ts';
import { openTextFile, type TextFile } from './text-file.ts';
import type { Keeping } from './write-guard.ts';

/** Where a run is written, and whether it can be. */
export interface JournalPlace {
  readonly stateFolder: string;
  readonly keeping: Keeping;
  readonly retention?: Retention;
}

/** The journal and the log files of one run. */
class Books {
  readonly #folder: string;
  readonly #journal: string;
  /** The log files by node and step: put together once each, not for every line. */
  readonly #logs = new Map<string, string>();
  readonly #place: JournalPlace;
  readonly #run: string;
  readonly #open = new Map<string, TextFile>();

  constructor(place: JournalPlace, run: string) {
    this.#place = place;
    this.#run = run;
    this.#folder = runFolder(place.stateFolder, run);
    this.#journal = journalPath(this.#folder);
  }

  async begin(event: Extract<TimedEvent, { type: 'run-started' | 'run-resumed' }>): Promise<void> {
    const { stateFolder, keeping, retention = defaultRetention } = this.#place;
    await keeping.write(this.#journal, async () => {
      this.#open.set(this.#journal, await openTextFile(this.#journal, 'a'));
      await ownRun(this.#folder);
    });
    if (event.type === 'run-started') await prune(stateFolder, retention, event.at);
  }

  /** Writes an event, unless nothing can be written any more. */
  write(event: TimedEvent): Promise<void> | undefined {
    if (this.#place.keeping.broken.aborted) return undefined;
    const wait = this.#add(this.#journal, journalLine(event));
    if (event.type !== 'log' && event.type !== 'step-finished') return wait;
    const path = this.#logOf(event);
    const also = event.type === 'log' ? this.#add(path, `${event.line}\n`) : this.#close(path);
    return also && wait ? wait.then(() => also) : (also ?? wait);
  }

  /** Closes everything; a run that could not be written to its end is left open. */
  async end(): Promise<void> {
    const { keeping } = this.#place;
    for (const path of [...this.#open.keys()]) await this.#close(path);
    if (keeping.broken.aborted) await leaveRun(this.#folder);
    else await disownRun(this.#folder);
  }

  #logOf({ node, step }: { readonly node: string; readonly step: string }): string {
    const key = `${node}\n${step}`;
    const known = this.#logs.get(key);
    if (known !== undefined) return known;
    const path = logFile(this.#place.stateFolder, { run: this.#run, node, step });
    this.#logs.set(key, path);
    return path;
  }

  /** Undefined where it was taken over without a wait. */
  #add(path: string, text: string): Promise<void> | undefined {
    const file = this.#open.get(path);
    if (file) {
      const wait = file.write(text);
      return wait && this.#place.keeping.write(path, () => wait);
    }
    return this.#place.keeping.write(path, async () => {
      const fresh = await openTextFile(path, 'a');
      this.#open.set(path, fresh);
      await fresh.write(text);
    });
  }

  async #close(path: string): Promise<void> {
    const file = this.#open.get(path);
    this.#open.delete(path);
    if (file) await this.#place.keeping.write(path, () => file.close());
  }
}

/**
 * Passes events through and writes each to the run's journal, log lines also to their log file; an event is given after it was
 * taken over for writing. What cannot be written is passed through all the same. A new run takes away the logs of old ones.
 */
export async function* journal(
  events: AsyncIterable<TimedEvent>,
  place: JournalPlace,
): AsyncGenerator<TimedEvent> {
  let books: Books | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'run-started' || event.type === 'run-resumed') {
        books = new Books(place, event.run);
        await books.begin(event);
      }
      const wait = books?.write(event);
      if (wait) await wait;
      yield event;
    }
  } finally {
    await books?.end();
  }
}

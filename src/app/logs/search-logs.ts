import { createReadStream } from 'node:fs';
import type { FoundLine, LogMatches, SearchResult } from '../../view/log/search-page.ts';
import { cleanLine } from '../../yum/clean.ts';
import { linesOf } from './lines.ts';
import { logFile } from './paths.ts';
import type { StoredLog } from './stored-runs.ts';
import { isSystemError } from './system-error.ts';
import { logText } from './text.ts';

export interface SearchRequest {
  readonly stateFolder: string;
  readonly logs: AsyncIterable<StoredLog>;
  /** Upper and lower case are the same. */
  readonly text: string;
  readonly maxLines: number;
  readonly maxBytes: number;
}

/** Characters of a line that are kept, and how many of them precede the match. */
const maxLength = 400;
const maxBefore = 100;

function cut(line: string, at: number): string {
  const first = line.length <= maxLength ? 0 : Math.max(0, at - maxBefore);
  const text = line.slice(first, first + maxLength);
  return (first > 0 ? '…' : '') + text + (first + maxLength < line.length ? '…' : '');
}

class Search {
  readonly #request: SearchRequest;
  readonly #wanted: string;
  #lines = 0;
  #bytes = 0;
  #stopped: SearchResult['stopped'];

  constructor(request: SearchRequest) {
    this.#request = request;
    this.#wanted = request.text.toLowerCase();
  }

  async run(): Promise<SearchResult> {
    const matches: LogMatches[] = [];
    const runs = new Set<string>();
    let logs = 0;
    for await (const log of this.#request.logs) {
      if (this.#stopped) break;
      logs += 1;
      runs.add(log.run);
      const lines = await this.#linesIn(log);
      if (lines.length > 0) matches.push({ log, lines });
    }
    return { matches, logs, runs: runs.size, ...(this.#stopped ? { stopped: this.#stopped } : {}) };
  }

  async *#read(path: string): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(path)) {
      const bytes: Uint8Array = chunk;
      this.#bytes += bytes.length;
      if (this.#bytes > this.#request.maxBytes) this.#stopped = 'bytes';
      yield bytes;
      if (this.#stopped) return;
    }
  }

  async #linesIn(log: StoredLog): Promise<readonly FoundLine[]> {
    const found: FoundLine[] = [];
    let row = -1;
    let before: FoundLine | undefined;
    try {
      for await (const raw of linesOf(logText(this.#read(logFile(this.#request.stateFolder, log))))) {
        row += 1;
        const line = cleanLine(raw);
        const at = line.toLowerCase().indexOf(this.#wanted);
        const isNext = before?.isMatch === true;
        const each = { row, text: cut(line, Math.max(0, at)), isMatch: at >= 0 };
        if (each.isMatch && before && before.text !== '' && found.at(-1)?.row !== before.row)
          found.push(before);
        if (each.isMatch || (isNext && each.text !== '')) found.push(each);
        before = each;
        if (each.isMatch) this.#lines += 1;
        if (this.#lines < this.#request.maxLines) continue;
        this.#stopped = 'lines';
        break;
      }
    } catch (cause) {
      // A step without output has no file, and a run may be removed meanwhile.
      if (!isSystemError(cause) || (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR')) throw cause;
    }
    return found;
  }
}

/** Searches logs for a text, in their order, with the line before and after each match. */
export function searchLogs(request: SearchRequest): Promise<SearchResult> {
  return new Search(request).run();
}

import { cleanLine } from './clean.ts';
import type { PlacedYumEvent } from './events.ts';
import { readLine, releaseHeld } from './lines.ts';
import { promptOf } from './prompts.ts';
import { copyState, createState, type State } from './state.ts';
import { stepOf } from './steps.ts';

/** Reads the output of yum or dnf as it arrives; the events do not depend on how the text is divided into chunks. */
export interface YumParser {
  /** Takes decoded text in chunks of any size, stdout and stderr merged. */
  push(text: string): readonly PlacedYumEvent[];
  /** Takes one complete line without its end. */
  line(text: string): readonly PlacedYumEvent[];
  /** Call after a short pause in the output: reads an incomplete line that is a transaction element or a question. */
  idle(): readonly PlacedYumEvent[];
  /** Reads the rest; do not push afterwards. */
  end(): readonly PlacedYumEvent[];
}

/** The start of an incomplete line that was read during a pause. */
interface Early {
  readonly length: number;
  readonly before: State;
}

/** Longer than any message of a tool; only the start of a longer line is read, while its log keeps the complete line. */
export const longestRead = 16_384;

/** Reads one complete line after the other and gives the events away at once. */
export interface LineParser {
  /** Takes one line without its end. */
  line(raw: string): void;
  /** Reads an incomplete line during a pause, if it is a transaction element or a question. */
  early(raw: string): boolean;
  end(): void;
}

function tidy(raw: string): string {
  const line = cleanLine(raw);
  return line.length > longestRead ? line.slice(0, longestRead).trimEnd() : line;
}

/** The fastest way to read a log; `sink` takes each event. */
export function createLineParser(sink: (event: PlacedYumEvent) => void): LineParser {
  const state = createState(sink);
  let beginning: Early | undefined;

  function finishEarly(raw: string, { length, before }: Early): void {
    const more = cleanLine(raw.slice(length)).slice(0, longestRead).trim();
    if (more === '') return;
    if (/^\d/.test(raw.slice(length))) {
      // The counter itself was incomplete: 1/1 was the start of 1/106.
      Object.assign(state, before, { row: before.row + 1 });
      readLine(state, tidy(raw), false);
    } else if (more.length > 3) readLine(state, more, false);
  }

  function takeLine(raw: string): void {
    if (beginning) {
      const begun = beginning;
      beginning = undefined;
      finishEarly(raw, begun);
      return;
    }
    state.row += 1;
    const line = tidy(raw);
    if (line === '') state.blanks += 1;
    else readLine(state, line);
  }

  return {
    line: takeLine,
    early(raw) {
      if (beginning || raw === '') return false;
      const line = tidy(raw);
      const isComplete = stepOf(line) !== undefined || promptOf(line)?.rest === '';
      if (isComplete) {
        const before = copyState(state);
        takeLine(raw);
        beginning = { length: raw.length, before };
      }
      return isComplete;
    },
    end: () => releaseHeld(state),
  };
}

export function createYumParser(): YumParser {
  const nothing: readonly PlacedYumEvent[] = [];
  let out: PlacedYumEvent[] = [];
  const parser = createLineParser((event) => out.push(event));
  let rest = '';

  function taken(): readonly PlacedYumEvent[] {
    if (out.length === 0) return nothing;
    const events = out;
    out = [];
    return events;
  }

  return {
    push(text) {
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        const line = text.slice(start, end);
        parser.line(rest === '' ? line : rest + line);
        rest = '';
        start = end + 1;
      }
      rest += text.slice(start);
      return taken();
    },
    line(text) {
      parser.line(rest === '' ? text : rest + text);
      rest = '';
      return taken();
    },
    idle() {
      parser.early(rest);
      return taken();
    },
    end() {
      if (rest !== '') parser.line(rest);
      rest = '';
      parser.end();
      return taken();
    },
  };
}

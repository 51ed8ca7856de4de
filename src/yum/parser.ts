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

export function createYumParser(): YumParser {
  const state = createState();
  let rest = '';
  let early: Early | undefined;

  function tidy(raw: string): string {
    return cleanLine(raw).slice(0, longestRead).trimEnd();
  }

  function finishEarly(raw: string, { length, before }: Early): void {
    const more = cleanLine(raw.slice(length)).slice(0, longestRead).trim();
    if (more === '') return;
    const { out } = state;
    if (/^\d/.test(raw.slice(length))) {
      // The counter itself was incomplete: 1/1 was the start of 1/106.
      Object.assign(state, before, { out, row: before.row + 1 });
      readLine(state, tidy(raw), false);
    } else if (more.length > 3) readLine(state, more, false);
  }

  function takeLine(raw: string): void {
    const beginning = early;
    early = undefined;
    if (beginning) {
      finishEarly(raw, beginning);
      return;
    }
    state.row += 1;
    const line = tidy(raw);
    if (line === '') state.blanks += 1;
    else readLine(state, line);
  }

  const nothing: readonly PlacedYumEvent[] = [];

  function taken(): readonly PlacedYumEvent[] {
    const { out } = state;
    if (out.length === 0) return nothing;
    state.out = [];
    return out;
  }

  return {
    push(text) {
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        const line = text.slice(start, end);
        takeLine(rest === '' ? line : rest + line);
        rest = '';
        start = end + 1;
      }
      rest += text.slice(start);
      return taken();
    },
    line(text) {
      takeLine(rest === '' ? text : rest + text);
      rest = '';
      return taken();
    },
    idle() {
      if (early || rest === '') return [];
      const line = tidy(rest);
      if (stepOf(line) || promptOf(line)?.rest === '') {
        const before = copyState(state);
        takeLine(rest);
        early = { length: rest.length, before };
      }
      return taken();
    },
    end() {
      if (rest !== '') takeLine(rest);
      rest = '';
      releaseHeld(state);
      return taken();
    },
  };
}

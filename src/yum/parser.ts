import { cleanLine, prefixOf } from './clean.ts';
import type { PlacedYumEvent } from './events.ts';
import { readLine, releaseHeld } from './lines.ts';
import { promptOf } from './prompts.ts';
import { copyState, createState, type State } from './state.ts';
import { stepOf } from './steps.ts';

/** Reads the output of yum or dnf as it arrives: the same events however the text is cut. */
export interface YumParser {
  /** Takes decoded text, stdout and stderr merged, cut anywhere. */
  push(text: string): readonly PlacedYumEvent[];
  /** To be called after a short quiet time: reads a step or a question that waits for its line's end. */
  idle(): readonly PlacedYumEvent[];
  /** Reads what is left; nothing may be pushed afterwards. */
  end(): readonly PlacedYumEvent[];
}

/** The beginning of an unfinished line that was read in a quiet time. */
interface Early {
  readonly length: number;
  readonly before: State;
}

/** No message of a tool is longer; of a longer line only the beginning is read, while its log keeps all of it. */
export const longestRead = 16_384;

export function createYumParser(): YumParser {
  const state = createState();
  let rest = '';
  let early: Early | undefined;
  let prefix: RegExp | undefined;
  let begun = false;

  function tidy(raw: string): string {
    const line = cleanLine(raw).slice(0, longestRead).trimEnd();
    if (!begun && line !== '') {
      begun = true;
      prefix = prefixOf(line);
    }
    return prefix ? line.replace(prefix, '').trimEnd() : line;
  }

  function finishEarly(raw: string, { length, before }: Early): void {
    const more = cleanLine(raw.slice(length)).slice(0, longestRead).trim();
    if (more === '') return;
    const { out } = state;
    if (/^\d/.test(raw.slice(length))) {
      // The counter itself was cut: 1/1 was the beginning of 1/106.
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
    if (line === '') state.afterBlank = true;
    else readLine(state, line);
  }

  function taken(): readonly PlacedYumEvent[] {
    const { out } = state;
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

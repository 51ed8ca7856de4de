import { widthOf } from '../text/width.ts';
import type { Out } from './io.ts';

/** Lines at the bottom of a terminal that are redrawn in place, while other text scrolls above them. */
export interface Region {
  /** Writes lines above the region, then redraws the region. */
  show(above: readonly string[], lines: readonly string[]): void;
  /** Clears the region. */
  clear(): void;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const clearDown = '\x1b[J';
const clearRight = '\x1b[K';

/** Creates the region of a terminal. */
export function createRegion(out: Out): Region {
  let drawn: readonly string[] = [];

  /** Moves to the region's first row; a terminal that became narrower has wrapped the lines. */
  function back(): string {
    const { columns } = out.size();
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    return rows > 0 ? `\r\x1b[${rows}A` : '';
  }

  return {
    show: (above, lines) => {
      const text = [...above, ...lines].map((line) => `${line}${clearRight}\n`).join('');
      out.write(back() + (drawn.length === 0 ? hideCursor : '') + text + clearDown);
      drawn = lines;
    },
    clear: () => {
      if (drawn.length > 0) out.write(`${back()}${clearDown}${showCursor}`);
      drawn = [];
    },
  };
}

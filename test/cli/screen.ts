import assert from 'node:assert/strict';

/** The terminal functions that the region uses: line wrapping, cursor up, return, clear to the right and down. */
export function createScreen(columns: number) {
  let rows: string[] = [''];
  let row = 0;
  let column = 0;

  function put(character: string): void {
    if (column === columns) newline();
    const line = (rows[row] ?? '').padEnd(column);
    rows[row] = line.slice(0, column) + character + line.slice(column + 1);
    column += 1;
  }

  function newline(): void {
    row += 1;
    column = 0;
    rows[row] ??= '';
  }

  function control(sequence: string): void {
    const up = /^\x1b\[(\d+)A$/.exec(sequence);
    if (up) row = Math.max(0, row - Number(up[1]));
    else if (sequence === '\x1b[K') rows[row] = (rows[row] ?? '').slice(0, column);
    else if (sequence === '\x1b[J') {
      rows = rows.slice(0, row + 1);
      rows[row] = (rows[row] ?? '').slice(0, column);
    } else assert.match(sequence, /^\x1b\[(\d+m|\?25[lh])$/, 'a supported sequence');
  }

  return {
    write(text: string): void {
      for (const [part] of text.matchAll(/\x1b\[[?\d]*[A-Za-z]|./gsu)) {
        if (part === '\n') newline();
        else if (part === '\r') column = 0;
        else if (part.startsWith('\x1b')) control(part);
        else put(part);
      }
    },
    /** The text on the screen, without trailing blanks and empty lines. */
    lines(): string[] {
      const shown = rows.map((line) => line.trimEnd());
      while (shown.at(-1) === '') shown.pop();
      return shown;
    },
    /** Makes the terminal narrower, which wraps the text on it. */
    reflow(width: number): void {
      const before = rows
        .slice(0, row)
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
      rows = rows.flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']);
      columns = width;
      row = before;
      rows[row] ??= '';
    },
  };
}

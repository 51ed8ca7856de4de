/** A place in the grid: column 0 has the names of the nodes. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

const pageRows = 10;

function target(key: string, { row, column }: Place, { rows, columns }: GridSize): Place | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'PageUp':
      return { row: row - pageRows, column };
    case 'PageDown':
      return { row: row + pageRows, column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    case 'Control+Home':
      return { row: 0, column: 0 };
    case 'Control+End':
      return { row: rows - 1, column: columns - 1 };
    default:
      return undefined;
  }
}

/** Where a key moves in the grid (WAI-ARIA grid pattern); undefined if the key does not move. */
export function moved(key: string, from: Place, size: GridSize): Place | undefined {
  const wanted = target(key, from, size);
  if (!wanted) return undefined;
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
  return { row: within(wanted.row, size.rows), column: within(wanted.column, size.columns) };
}

/** A focusable place of the grid: a row and the index of the element in it. */
export interface Spot {
  readonly row: string;
  readonly index: number;
}

/** Exactly one place of the grid can be reached with Tab (roving tabindex). */
export interface Roving {
  readonly current: Spot;
  /** Makes a place the one that Tab reaches; undefined if it is not shown. */
  choose(spot: Spot): HTMLElement | undefined;
}

export function createRoving(at: (spot: Spot) => HTMLElement | undefined): Roving {
  let current: Spot = { row: '', index: 0 };
  return {
    get current() {
      return current;
    },
    choose: (spot) => {
      const before = at(current);
      if (before) before.tabIndex = -1;
      current = spot;
      const now = at(spot);
      if (now) now.tabIndex = 0;
      return now;
    },
  };
}

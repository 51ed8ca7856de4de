import type { Span } from '../base/problem.ts';

/** The keys and indexes of a value from the top level. */
export type Path = readonly (string | number)[];

/** The position of a value: its key and its own text. */
export interface Place {
  readonly key: Span;
  readonly value: Span;
}

/** The positions of the paths of a file; keys are path elements joined with a line feed. */
export interface Places {
  get(path: string): Place | undefined;
  set(path: string, place: Place): void;
  /** Adds the places of an entry with a path of two elements; they are relative to `start`. */
  addEntry(path: string, start: number, places: ReadonlyMap<string, Place>): void;
}

export function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The first two elements of a longer path. */
function entryOf(path: string): string | undefined {
  const first = path.indexOf('\n');
  const second = first < 0 ? -1 : path.indexOf('\n', first + 1);
  return second < 0 ? undefined : path.slice(0, second);
}

export function createPlaces(): Places {
  const own = new Map<string, Place>();
  const entries = new Map<string, { readonly start: number; readonly places: ReadonlyMap<string, Place> }>();
  return {
    get: (path) => {
      const found = own.get(path);
      if (found) return found;
      const entry = entries.get(entryOf(path) ?? '');
      const place = entry?.places.get(path);
      return entry && place && { key: moved(place.key, entry.start), value: moved(place.value, entry.start) };
    },
    set: (path, place) => void own.set(path, place),
    addEntry: (path, start, places) => void entries.set(path, { start, places }),
  };
}

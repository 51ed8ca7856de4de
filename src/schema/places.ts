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
  /** Adds the places of entries of the map at a top-level key; they are relative to `start`. */
  addEntries(map: string, start: number, entries: PlacedEntries): void;
}

/** Entries of a map with their places and those of their values. */
export interface PlacedEntries {
  /** The paths of the entries. */
  readonly paths: readonly string[];
  readonly places: ReadonlyMap<string, Place>;
}

export function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The first elements of a path; undefined if it has no more of them. */
function head(path: string, elements: number): string | undefined {
  let end = -1;
  for (let count = 0; count < elements; count += 1) {
    end = path.indexOf('\n', end + 1);
    if (end < 0) return undefined;
  }
  return path.slice(0, end);
}

interface Moved {
  readonly start: number;
  readonly entries: PlacedEntries;
}

/** How many places are looked up in one group of entries after the other. */
const fewPlaces = 100;

export function createPlaces(): Places {
  const own = new Map<string, Place>();
  const maps = new Map<string, Moved[]>();
  let holders: Map<string, Moved> | undefined;
  let asked = 0;
  const holderOf = (map: string, entry: string): Moved | undefined => {
    asked += 1;
    // Most versions of a file have few problems in thousands of entries.
    if (asked <= fewPlaces) return maps.get(map)?.find(({ entries }) => entries.places.has(entry));
    if (!holders) {
      holders = new Map();
      for (const all of maps.values())
        for (const each of all) for (const path of each.entries.paths) holders.set(path, each);
    }
    return holders.get(entry);
  };
  return {
    get: (path) => {
      const found = own.get(path);
      const map = found ? undefined : head(path, 1);
      if (map === undefined || !maps.has(map)) return found;
      const holder = holderOf(map, head(path, 2) ?? path);
      const place = holder?.entries.places.get(path);
      return (
        holder && place && { key: moved(place.key, holder.start), value: moved(place.value, holder.start) }
      );
    },
    set: (path, place) => void own.set(path, place),
    addEntries: (map, start, entries) => {
      const before = maps.get(map);
      if (before) before.push({ start, entries });
      else maps.set(map, [{ start, entries }]);
      holders = undefined;
    },
  };
}

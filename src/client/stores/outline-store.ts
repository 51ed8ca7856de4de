import type { Outline } from '../../cluster/outline.ts';
import { createEmitter, type Unsubscribe } from './emitter.ts';

/** The newest outline of every cluster file that is open or in the workspace, by URI. */
export interface OutlineStore {
  get(uri: string): Outline | undefined;
  /** Sorted by URI, so that the order in the sidebar is stable. */
  all(): readonly Outline[];
  /** Existing files that cannot be decoded. */
  unreadable(): readonly string[];
  /** Whether the file exists or is open. */
  has(uri: string): boolean;
  /** Number of errors in the newest text of a file. */
  errors(uri: string): number;
  /** Updates a file and its number of errors; if it cannot be decoded (undefined), the last good outline is kept. */
  set(uri: string, outline: Outline | undefined, errors?: number): void;
  /** Removes a deleted file. */
  remove(uri: string): void;
  /** Removes the files below a folder, given by URI, except those to keep. */
  removeBelow(folder: string, isKept: (uri: string) => boolean): void;
  onDidChange(listener: (uri: string) => void): Unsubscribe;
}

export function createOutlineStore(): OutlineStore {
  const outlines = new Map<string, Outline | undefined>();
  const errorCounts = new Map<string, number>();
  const changed = createEmitter<string>();
  const remove = (uri: string): void => {
    errorCounts.delete(uri);
    if (outlines.delete(uri)) changed.fire(uri);
  };
  return {
    get: (uri) => outlines.get(uri),
    all: () =>
      [...outlines.values()]
        .filter((outline) => outline !== undefined)
        .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0)),
    unreadable: () => [...outlines].filter(([, outline]) => outline === undefined).map(([uri]) => uri),
    has: (uri) => outlines.has(uri),
    errors: (uri) => errorCounts.get(uri) ?? 0,
    set: (uri, outline, errors = 0) => {
      if (!outline && outlines.has(uri) && errorCounts.get(uri) === errors) return;
      errorCounts.set(uri, errors);
      outlines.set(uri, outline ?? outlines.get(uri));
      changed.fire(uri);
    },
    remove,
    removeBelow: (folder, isKept) => {
      const start = `${folder.replace(/\/$/, '')}/`;
      for (const uri of [...outlines.keys()]) if (uri.startsWith(start) && !isKept(uri)) remove(uri);
    },
    onDidChange: changed.on,
  };
}

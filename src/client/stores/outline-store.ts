import type { Outline } from '../../cluster/outline.ts';
import { createEmitter, type Unsubscribe } from './emitter.ts';

/** The newest outline of every cluster file that is open or lies in the workspace, by uri. */
export interface OutlineStore {
  get(uri: string): Outline | undefined;
  /** In the order of their uris, so that the sidebar stays still. */
  all(): readonly Outline[];
  /** Files that are there and cannot be read as a cluster. */
  unreadable(): readonly string[];
  /** Records what a file says now; while it cannot be read as a cluster (undefined), the last good outline stays. */
  set(uri: string, outline: Outline | undefined): void;
  /** Forgets a file that is gone. */
  remove(uri: string): void;
  /** Forgets the files below a folder, by its uri, but for those to be kept. */
  removeBelow(folder: string, isKept: (uri: string) => boolean): void;
  onDidChange(listener: (uri: string) => void): Unsubscribe;
}

export function createOutlineStore(): OutlineStore {
  const outlines = new Map<string, Outline | undefined>();
  const changed = createEmitter<string>();
  const remove = (uri: string): void => {
    if (outlines.delete(uri)) changed.fire(uri);
  };
  return {
    get: (uri) => outlines.get(uri),
    all: () =>
      [...outlines.values()]
        .filter((outline) => outline !== undefined)
        .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0)),
    unreadable: () => [...outlines].filter(([, outline]) => outline === undefined).map(([uri]) => uri),
    set: (uri, outline) => {
      if (!outline && outlines.has(uri)) return;
      outlines.set(uri, outline);
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

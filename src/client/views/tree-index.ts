import type { TreeItemView } from '../../view/tree-item.ts';

/** The items of the sidebar by id, with their parents. */
export interface TreeIndex {
  readonly roots: readonly string[];
  item(id: string): TreeItemView | undefined;
  parent(id: string): string | undefined;
  all(): Iterable<TreeItemView>;
}

export function indexTree(roots: readonly TreeItemView[]): TreeIndex {
  const items = new Map<string, TreeItemView>();
  const parents = new Map<string, string>();
  const walk = (item: TreeItemView): void => {
    items.set(item.id, item);
    for (const child of item.children) {
      parents.set(child.id, item.id);
      walk(child);
    }
  };
  roots.forEach(walk);
  return {
    roots: roots.map((root) => root.id),
    item: (id) => items.get(id),
    parent: (id) => parents.get(id),
    all: () => items.values(),
  };
}

function face({ children, ...rest }: TreeItemView): string {
  return JSON.stringify([rest, children.map((child) => child.id)]);
}

/** The items to refresh; undefined if the top level has changed. */
export function changedItems(before: TreeIndex, after: TreeIndex): readonly string[] | undefined {
  if (JSON.stringify(before.roots) !== JSON.stringify(after.roots)) return undefined;
  return [...after.all()].flatMap((item) => {
    const old = before.item(item.id);
    return old && old !== item && face(old) !== face(item) ? [item.id] : [];
  });
}

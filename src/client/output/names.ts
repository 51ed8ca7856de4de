import type { Outline } from '../../cluster/outline.ts';
import { indexOf } from '../../view/outline-index.ts';

/** What the output channel calls nodes: several clusters of a window may have nodes of the same name. */
export interface NodeNames {
  /** The node's own name; with its cluster behind an @ where another one has such a node. It stays for as long as the window. */
  of(uri: string, node: string): string;
  /** Whose name that is; undefined for one that was not given out. */
  owner(name: string): { readonly uri: string; readonly node: string } | undefined;
}

/** `file` is what people call a cluster file, by its uri. */
export function createNodeNames(
  outlines: () => readonly Outline[],
  file: (uri: string) => string,
): NodeNames {
  const given = new Map<string, string>();
  const owners = new Map<string, { readonly uri: string; readonly node: string }>();

  function choose(uri: string, node: string): string {
    const all = outlines();
    const others = all.filter((each) => each.uri !== uri);
    const isShared = others.some((each) => indexOf(each).node.has(node)) || owners.has(node);
    if (!isShared) return node;
    const cluster = all.find((each) => each.uri === uri)?.cluster.id;
    const isAlone = cluster !== undefined && !others.some((each) => each.cluster.id === cluster);
    return `${node}@${(isAlone ? cluster : file(uri)).replace(/[\s|]+/g, '_')}`;
  }
  return {
    of: (uri, node) => {
      const key = JSON.stringify([uri, node]);
      const name = given.get(key) ?? choose(uri, node);
      given.set(key, name);
      owners.set(name, { uri, node });
      return name;
    },
    owner: (name) => owners.get(name),
  };
}

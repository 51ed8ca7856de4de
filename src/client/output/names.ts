import type { Outline } from '../../cluster/outline.ts';
import { indexOf } from '../../view/outline-index.ts';

/** Names of nodes in the output channel: clusters in the same window may have nodes of the same name. */
export interface NodeNames {
  /** The node's name; followed by @ and its cluster if another one has a node of that name. Constant for the lifetime of the window. */
  of(uri: string, node: string): string;
  /** The node with that name; undefined for an unknown name. */
  owner(name: string): { readonly uri: string; readonly node: string } | undefined;
}

/** `file` returns the display name of a cluster file, given its URI. */
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

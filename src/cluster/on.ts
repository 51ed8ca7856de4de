import type { ClusterNode } from './model.ts';
import { type On, wordsOf } from './on-words.ts';
import { expandRange } from './range.ts';

/** What was selected from the nodes of one cluster; services and steps ask for the same words again and again. */
interface Selected {
  readonly all: readonly string[];
  readonly on: Map<string, readonly string[]>;
}

const selected = new WeakMap<readonly ClusterNode[], Selected>();

function selectedOf(nodes: readonly ClusterNode[]): Selected {
  const found = selected.get(nodes) ?? { all: nodes.map(({ name }) => name), on: new Map() };
  selected.set(nodes, found);
  return found;
}

/** The names of all nodes, in the file's order. */
export function allNames(nodes: readonly ClusterNode[]): readonly string[] {
  return selectedOf(nodes).all;
}

/** The nodes that a word selects: every node, those with the role, or the node or nodes with that name. */
function byWord(nodes: readonly ClusterNode[], word: string): readonly string[] {
  const { all, on: known } = selectedOf(nodes);
  const before = word === 'all' ? all : known.get(word);
  if (before) return before;
  const range = word.includes('[') ? expandRange(word) : undefined;
  const names = new Set(range?.ok ? range.values : [word]);
  const found = nodes
    .filter((node) => node.roles.includes(word) || names.has(node.name))
    .map((node) => node.name);
  known.set(word, found);
  return found;
}

/** The nodes that an `on` selects, in the file's order; none for an empty list. */
export function nodesOn(nodes: readonly ClusterNode[], on: On): readonly string[] {
  const [word, ...more] = wordsOf(on);
  if (word === undefined) return [];
  if (more.length === 0) return byWord(nodes, word);
  const names = new Set([word, ...more].flatMap((each) => byWord(nodes, each)));
  return allNames(nodes).filter((name) => names.has(name));
}

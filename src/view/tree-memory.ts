import { own } from '../base/own.ts';
import { comparableText } from './comparable.ts';
import { type ClusterSource, hasLogs } from './live.ts';
import type { TreeItemView, TreeOptions } from './tree-item.ts';

interface Drawn {
  readonly source: ClusterSource;
  readonly options: TreeOptions;
  /** The items of nodes by key. */
  readonly items: Map<string, TreeItemView>;
}

/** The items of the last update by the URI of their cluster, so that an update of a large cluster makes only those of changed nodes. */
export type TreeMemory = Map<string, Drawn>;

export function createTreeMemory(): TreeMemory {
  return new Map();
}

/** Whether items of nodes depend on the same values in both, apart from the nodes. */
function isAlike(before: Drawn, source: ClusterSource, options: TreeOptions): boolean {
  return (
    before.source.outline === source.outline &&
    before.source.scope === source.scope &&
    before.source.state.run === source.state.run &&
    hasLogs(before.source) === hasLogs(source) &&
    comparableText(before.source) === comparableText(source) &&
    before.options.groupBy === options.groupBy &&
    before.options.onlyFailed === options.onlyFailed
  );
}

/** Makes the item of a node, or of a step on it; returns that of the last update if the node has not changed. */
export type Recall = (key: string, node: string, make: () => TreeItemView) => TreeItemView;

/** Starts an update of a cluster. */
export function recallFrom(memory: TreeMemory, source: ClusterSource, options: TreeOptions): Recall {
  const { uri } = source.outline;
  const before = memory.get(uri);
  const known = before && isAlike(before, source, options) ? before : undefined;
  const items = new Map<string, TreeItemView>();
  memory.set(uri, { source, options, items });
  return (key, node, make) => {
    const isSame = own(known?.source.state.nodes, node) === own(source.state.nodes, node);
    const item = (isSame ? known?.items.get(key) : undefined) ?? make();
    items.set(key, item);
    return item;
  };
}

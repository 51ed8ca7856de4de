import type { Failure } from '../base/failure.ts';
import { appliesSteps } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import type { Cluster, ClusterNode, NodeKeys } from '../cluster/model.ts';
import { asRoot } from '../plan/command.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import type { Connected, Transport } from '../remote/base/transport.ts';
import { collect } from '../remote/channel/collect.ts';
import { nodeKeysCommand, readNodeKeys } from '../steps/ssh-keys/node-keys.ts';
import type { Connector, Ports } from './jobs/ports.ts';
import { merge } from './merge.ts';

/** Time limit for a node to print, or create, its keys, in milliseconds from the start of the command. */
const keysTimeoutMs = 60_000;
/** A node has some ten keys of less than a kilobyte. */
const maxKeysBytes = 65_536;

/** The node's keys; a failure if the login starts no command, so that the run need not wait for it again. */
async function fetchKeys(
  transport: Transport,
  node: ClusterNode,
  { make, signal }: { readonly make: boolean; readonly signal: AbortSignal },
): Promise<NodeKeys | Failure | undefined> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onStarted = () => {
    timer = setTimeout(() => late.abort(), keysTimeoutMs);
  };
  const stop = AbortSignal.any([signal, late.signal]);
  const command = asRoot(node, nodeKeysCommand(node.name, make));
  try {
    const outputs = transport.exec(command, stop, { onStarted });
    const { end, text } = await collect(outputs, { stream: 'stdout', maxBytes: maxKeysBytes });
    if (end.type === 'exit') return readNodeKeys(text);
    return stop.aborted || end.failure.code === 'lost' ? undefined : end.failure;
  } finally {
    clearTimeout(timer);
  }
}

/** The cluster with the nodes' keys, and a connector that reuses the connections opened for them. */
export interface KeyExchange {
  readonly cluster: Cluster;
  readonly connector: Connector;
  /** Closes the connections that were not reused. */
  close(): Promise<void>;
}

/** The nodes whose keys a run of ssh-keys needs: all that have the step, also those that the run leaves out; none without the step. */
function nodesOfExchange(cluster: Cluster, selection: Selection) {
  const selected = new Set(selectNodes(cluster, selection));
  const nodes = cluster.nodes
    .filter((node) => selectSteps(cluster, node, selection).some(({ id }) => id === 'ssh-keys'))
    .map((node) => ({ node, isSelected: selected.has(node) }));
  return cluster.betweenNodes && nodes.some(({ isSelected }) => isSelected) ? nodes : [];
}

/**
 * Before a run of ssh-keys between nodes: reads the keys of all nodes, since each node needs the keys of all others.
 * A node that is not selected is only read, without prompts. Unreachable nodes are skipped here; the run itself reports them.
 */
export async function exchangeKeys(
  request: { readonly kind: RunKind; readonly cluster: Cluster; readonly selection: Selection },
  ports: Ports,
  signal: AbortSignal,
): Promise<KeyExchange> {
  const { cluster, selection, kind } = request;
  const nodes = nodesOfExchange(cluster, selection);
  const opened = new Map<string, Connected>();
  const nodeKeys = new Map<string, NodeKeys>();
  async function* ask({ node, isSelected }: (typeof nodes)[number]): AsyncGenerator<[string, NodeKeys]> {
    const connected = await ports.connector.connect(node, signal, !isSelected);
    if (isSelected) opened.set(node.name, connected);
    if (!connected.ok) return;
    const make = isSelected && appliesSteps(kind);
    const keys = await fetchKeys(connected.transport, node, { make, signal });
    const failure = keys && 'code' in keys ? keys : undefined;
    if (failure && isSelected) opened.set(node.name, { ok: false, failure });
    if (failure || !isSelected) await connected.transport.dispose();
    if (keys && !('code' in keys)) yield [node.name, keys];
  }
  for await (const [name, keys] of merge(nodes, ports.limit, ask)) nodeKeys.set(name, keys);
  const connect: Connector['connect'] = (node, each, isQuiet) => {
    const known = opened.get(node.name);
    opened.delete(node.name);
    return known ? Promise.resolve(known) : ports.connector.connect(node, each, isQuiet);
  };
  const close = async (): Promise<void> => {
    for (const left of opened.values()) if (left.ok) await left.transport.dispose();
  };
  if (nodes.length === 0) return { cluster, connector: ports.connector, close };
  return {
    cluster: {
      ...cluster,
      inputs: { publicKeys: {}, ...cluster.inputs, nodeKeys: Object.fromEntries(nodeKeys) },
    },
    connector: { ...ports.connector, connect },
    close,
  };
}

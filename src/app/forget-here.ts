import { join } from 'node:path';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { hostName } from '../remote/host-keys/known-hosts.ts';
import { countTrusted, removeTrusted } from '../remote/host-keys/trust-store.ts';
import { knownHostName } from '../remote/host-keys/verify-host.ts';
import { findRoute } from '../remote/route.ts';
import type { KeptHere } from '../view/forget.ts';
import { nodeLogBytes, removeNodeLogs } from './logs/node-logs.ts';
import { ownerOf } from './logs/run-owner.ts';
import { laterFormat, type StoredRun, storedRuns } from './logs/stored-runs.ts';

/** Where to look on this computer. */
export interface HereContext {
  readonly stateFolder: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The node to forget; `file` is its cluster file as its runs name it. */
export interface NodeToForget {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly file: string;
}

/** The name of the node in Stackprep's known_hosts file. */
async function trustedName({ node }: NodeToForget, { home, env, signal }: HereContext): Promise<string> {
  const route = await findRoute({ node, home, env, signal });
  const { host, port } = route.ok ? knownHostName(route.target) : node.ssh;
  return hostName(host, port);
}

interface RunsOfNode {
  /** Finished runs with logs of the node, and the size of these. */
  readonly logs: readonly { readonly run: StoredRun; readonly bytes: number }[];
  /** Number of unfinished runs that no process follows: their logs are needed to resume them. */
  readonly unfinished: number;
  /** Whether a process follows a run with the node now. */
  readonly isBusy: boolean;
}

async function runsOf({ cluster, node, file }: NodeToForget, stateFolder: string): Promise<RunsOfNode> {
  const logs: { run: StoredRun; bytes: number }[] = [];
  let unfinished = 0;
  let isBusy = false;
  for (const run of await storedRuns(stateFolder)) {
    const isOfFile = run.file === undefined ? run.cluster === cluster.name : run.file === file;
    if (!isOfFile || !run.nodes.includes(node.name) || laterFormat(run)) continue;
    if (run.outcome === undefined) {
      if ((await ownerOf(run.folder)) === undefined) unfinished += 1;
      else isBusy = true;
      continue;
    }
    const bytes = await nodeLogBytes(run.folder, node.name);
    if (bytes !== undefined) logs.push({ run, bytes });
  }
  return { logs, unfinished, isBusy };
}

function countOf({ logs, unfinished, isBusy }: RunsOfNode, hostKeys: number): KeptHere {
  const bytes = logs.reduce((sum, each) => sum + each.bytes, 0);
  return { hostKeys, runs: logs.length, bytes, unfinished, isBusy };
}

/** What Stackprep keeps of the node on this computer. */
export async function keptHere(what: NodeToForget, context: HereContext): Promise<KeptHere> {
  const store = join(context.stateFolder, 'known_hosts');
  const hostKeys = await countTrusted(store, await trustedName(what, context));
  return countOf(await runsOf(what, context.stateFolder), hostKeys);
}

/** Removes it, and reports what it was; nothing while a run of this computer works on the node. */
export async function forgetHere(what: NodeToForget, context: HereContext): Promise<KeptHere> {
  const runs = await runsOf(what, context.stateFolder);
  if (runs.isBusy) return countOf(runs, 0);
  for (const { run } of runs.logs) await removeNodeLogs(run.folder, what.node.name);
  const store = join(context.stateFolder, 'known_hosts');
  return countOf(runs, await removeTrusted(store, await trustedName(what, context)));
}

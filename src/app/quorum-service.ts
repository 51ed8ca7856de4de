import { own } from '../base/own.ts';
import { isIpv6 } from '../cluster/address.ts';
import { reachedAt } from '../cluster/aliases.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { QuorumGroup } from '../plan/quorum-groups.ts';
import { pause } from './jobs/confirm-login.ts';
import { jobTimes } from './jobs/times.ts';
import { type CommandContext, outputOf } from './node-command.ts';

/** The unit of each service with a quorum. */
const units: Readonly<Record<string, string>> = {
  etcd: 'etcd',
  rabbitmq: 'rabbitmq-server',
  mariadb: 'mariadb',
};
/** Prints `[]` if every member of the RabbitMQ cluster runs. */
const stoppedMembers = 'rabbit_mnesia:cluster_nodes(all) -- rabbit_mnesia:cluster_nodes(running).';
const askRabbitmq = ['rabbitmqctl', '-q', 'eval', stoppedMembers];

/** Prints whether MariaDB replicates with Galera, and the state of the member; root logs in over the socket. */
const galeraState = `SELECT 'wsrep_on', @@global.wsrep_on; SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_cluster_status', 'wsrep_local_state_comment', 'wsrep_cluster_size')`;
const askMariadb = ['mysql', '--connect-timeout=5', '-N', '-B', '-r', '-e', galeraState];

/** The state of a member by the names of MariaDB's status variables; undefined without Galera, or if root may not ask. */
async function galeraOf(on: CommandContext): Promise<ReadonlyMap<string, string | undefined> | undefined> {
  const lines = (await outputOf(on, askMariadb))?.trim().split('\n') ?? [];
  const values = new Map(lines.map((line) => line.split('\t') as [string, string | undefined]));
  return ['1', 'ON'].includes(values.get('wsrep_on') ?? '') ? values : undefined;
}

const isPrimary = (galera: ReadonlyMap<string, string | undefined>): boolean =>
  galera.get('wsrep_cluster_status') === 'Primary';

/** Whether a member of Galera has all others and no work to catch up on; true without Galera. */
async function isSynced(on: CommandContext, members: number): Promise<boolean> {
  const galera = await galeraOf(on);
  if (!galera) return true;
  const isSame = galera.get('wsrep_local_state_comment') === 'Synced';
  return isPrimary(galera) && isSame && Number(galera.get('wsrep_cluster_size')) >= members;
}

async function isActive(on: CommandContext, unit: string): Promise<boolean> {
  return (await outputOf(on, ['systemctl', 'is-active', unit])) !== undefined;
}

/** The groups whose service runs on the node, so that it can be asked. */
export async function runningServices(
  on: CommandContext,
  groups: readonly QuorumGroup[],
): Promise<readonly QuorumGroup[]> {
  const running: QuorumGroup[] = [];
  for (const group of groups) {
    const unit = own(units, group.name);
    if (unit !== undefined && (await isActive(on, unit))) running.push(group);
  }
  return running;
}

function healthUrl(member: ClusterNode): string {
  const address = reachedAt(member);
  return `http://${isIpv6(address) ? `[${address}]` : address}:2379/health`;
}

/** Whether a member of etcd answers, and has a quorum. */
async function isHealthy(on: CommandContext, member: ClusterNode): Promise<boolean> {
  const url = healthUrl(member);
  const answer = await outputOf(on, ['curl', '-fsS', '--noproxy', '*', '--max-time', '5', url]);
  return answer !== undefined && /"health": *"?true/.test(answer);
}

/** Whether a service that runs on the node is part of a quorum there. */
async function serves(on: CommandContext, { name }: QuorumGroup): Promise<boolean> {
  if (name === 'etcd') return isHealthy(on, on.link.node);
  if (name === 'rabbitmq') return (await outputOf(on, askRabbitmq)) !== undefined;
  const galera = await galeraOf(on);
  return galera === undefined || isPrimary(galera);
}

/**
 * The groups whose service does its work on the node, so that stopping it there would take a member away. One that only starts, or has
 * no quorum, is no loss: the step may be what repairs it.
 */
export async function servingServices(
  on: CommandContext,
  groups: readonly QuorumGroup[],
): Promise<readonly QuorumGroup[]> {
  const serving: QuorumGroup[] = [];
  for (const group of await runningServices(on, groups)) if (await serves(on, group)) serving.push(group);
  return serving;
}

/** Whether every member of the group answers, asked from this node; of MariaDB without Galera only this node is asked. */
async function isWhole(
  on: CommandContext,
  { nodes: all }: Cluster,
  { name, nodes }: QuorumGroup,
): Promise<boolean> {
  if (name === 'rabbitmq') return (await outputOf(on, askRabbitmq))?.trim() === '[]';
  if (name !== 'etcd')
    return (await isActive(on, own(units, name) ?? name)) && (await isSynced(on, nodes.length));
  for (const member of all.filter((node) => nodes.includes(node.name)))
    if (!(await isHealthy(on, member))) return false;
  return true;
}

/** Connects again if the connection was lost meanwhile; false if that is not possible. */
async function isReachable(on: CommandContext): Promise<boolean> {
  return (await outputOf(on, ['true'])) !== undefined || !(await on.link.reconnect(on.signal));
}

/** Waits until every member of the groups answers; returns the first group that still does not when the signal aborts. */
export async function awaitServices(
  on: CommandContext,
  cluster: Cluster,
  groups: readonly QuorumGroup[],
): Promise<QuorumGroup | undefined> {
  const { rebootPollMs } = jobTimes(on.ports);
  for (const group of groups)
    while (!(await isWhole(on, cluster, group))) {
      if (on.signal.aborted || !(await isReachable(on))) return group;
      await pause(rebootPollMs, on.signal);
    }
  return undefined;
}

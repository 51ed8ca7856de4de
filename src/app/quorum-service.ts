import { own } from '../base/own.ts';
import { isIpv6 } from '../cluster/address.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { pause } from './jobs/confirm-login.ts';
import { jobTimes } from './jobs/times.ts';
import { type CommandContext, outputOf } from './node-command.ts';
import type { QuorumGroup } from './quorum.ts';

/** The unit of each group whose members can be asked whether all of them are there. */
const units: Readonly<Record<string, string>> = { etcd: 'etcd', rabbitmq: 'rabbitmq-server' };
/** Prints `[]` if every member of the RabbitMQ cluster runs. */
const stoppedMembers = 'rabbit_mnesia:cluster_nodes(all) -- rabbit_mnesia:cluster_nodes(running).';

/** The groups whose service runs on the node, so that it can be asked. */
export async function runningServices(
  on: CommandContext,
  groups: readonly QuorumGroup[],
): Promise<readonly QuorumGroup[]> {
  const running: QuorumGroup[] = [];
  for (const group of groups) {
    const unit = own(units, group.name);
    if (unit !== undefined && (await outputOf(on, ['systemctl', 'is-active', unit])) !== undefined)
      running.push(group);
  }
  return running;
}

function healthUrl({ address }: ClusterNode): string {
  return `http://${isIpv6(address) ? `[${address}]` : address}:2379/health`;
}

/** Whether every member of the group answers, asked from this node. */
async function isWhole(
  on: CommandContext,
  { nodes: all }: Cluster,
  { name, nodes }: QuorumGroup,
): Promise<boolean> {
  if (name === 'rabbitmq')
    return (await outputOf(on, ['rabbitmqctl', '-q', 'eval', stoppedMembers]))?.trim() === '[]';
  for (const member of all.filter((node) => nodes.includes(node.name))) {
    const url = healthUrl(member);
    const answer = await outputOf(on, ['curl', '-fsS', '--noproxy', '*', '--max-time', '5', url]);
    if (answer === undefined || !/"health": *"?true/.test(answer)) return false;
  }
  return true;
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
      if (on.signal.aborted) return group;
      await pause(rebootPollMs, on.signal);
    }
  return undefined;
}

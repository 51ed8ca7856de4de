import type { Cluster } from '../cluster/model.ts';
import { answersOf, packstackVersionOf } from './answers.ts';
import { defaultOf, findAnswerKey, hasKey } from './keys.ts';

/** The effective answers of a cluster: values as text, undefined for a secret or a value that only the node knows. */
export type AnswerValues = (key: string) => string | undefined;

/** The effective answers: those of the cluster file over Packstack's defaults. */
export function answerValues(cluster: Cluster): AnswerValues {
  const version = packstackVersionOf(cluster);
  const given = new Map(answersOf(cluster).map(({ key, value }) => [key, value]));
  return (name) => {
    const key = findAnswerKey(name);
    if (!key || !hasKey(key, version)) return undefined;
    const value = given.get(name);
    if (value === undefined) return defaultOf(key, version);
    return typeof value === 'string' ? value : undefined;
  };
}

/** The hosts of an answer: separated by commas, without what follows a slash (PS shortcuts.py, `host_iter`). */
export function hostList(value: string | undefined): readonly string[] {
  const hosts = (value ?? '').split(',').map((part) => part.trim().split('/')[0] ?? '');
  return [...new Set(hosts.filter((host) => host !== ''))];
}

/** Keys with hosts that Packstack logs in to, with the condition for each (PS modules/common.py, `filtered_hosts`). */
const hostKeys: readonly (readonly [key: string, counts: (value: AnswerValues) => boolean])[] = [
  ['CONFIG_CONTROLLER_HOST', () => true],
  ['CONFIG_NETWORK_HOSTS', () => true],
  ['CONFIG_COMPUTE_HOSTS', () => true],
  ['CONFIG_AMQP_HOST', () => true],
  ['CONFIG_MARIADB_HOST', (value) => value('CONFIG_MARIADB_INSTALL') !== 'n'],
  [
    'CONFIG_REDIS_HOST',
    (value) =>
      value('CONFIG_CEILOMETER_INSTALL') !== 'n' &&
      value('CONFIG_CEILOMETER_COORDINATION_BACKEND') === 'redis',
  ],
  ['CONFIG_MONGODB_HOST', (value) => value('CONFIG_CEILOMETER_INSTALL') !== 'n'],
  ['CONFIG_STORAGE_HOST', (value) => value('CONFIG_UNSUPPORTED') === 'y'],
  ['CONFIG_SAHARA_HOST', (value) => value('CONFIG_UNSUPPORTED') === 'y'],
  ['CONFIG_TEMPEST_HOST', (value) => value('CONFIG_PROVISION_TEMPEST') === 'y'],
];

/** Hosts excluded from a run of Packstack: it neither logs in to them nor applies their manifests. */
export function excludedHosts(value: AnswerValues): ReadonlySet<string> {
  return new Set(
    (value('EXCLUDE_SERVERS') ?? '')
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
  );
}

/** The effective hosts without duplicates, including excluded ones, in the order of the answer file. */
export function answerHosts(value: AnswerValues): readonly string[] {
  return [...new Set(hostKeys.flatMap(([key, counts]) => (counts(value) ? hostList(value(key)) : [])))];
}

/** The hosts that Packstack logs in to as root. */
export function loginHosts(value: AnswerValues): readonly string[] {
  const excluded = excludedHosts(value);
  return answerHosts(value).filter((host) => !excluded.has(host));
}

/** Comma-separated pairs such as `br-ex:eth1`; a subnet in place of the interface is not an interface name. */
function pairs(text: string | undefined): readonly { readonly name: string; readonly device: string }[] {
  return (text ?? '').split(',').flatMap((pair) => {
    const [name = '', device = ''] = pair.split(':').map((part) => part.trim());
    return isDevice(device) ? [{ name, device }] : [];
  });
}

function isDevice(text: string): boolean {
  return /^[\w.@-]{1,15}$/.test(text);
}

/** An interface that a host must have, with the answer that names it. */
export interface NeededInterface {
  readonly host: string;
  readonly device: string;
  readonly key: string;
}

/** The answers that name interfaces for each agent (PS neutron_350.py: those of other agents have no effect). */
function interfaceKeys(
  agent: string | undefined,
): Readonly<Record<'joined' | 'onCompute' | 'tunnel', string>> | undefined {
  if (agent !== 'ovn' && agent !== 'openvswitch') return undefined;
  const prefix = `CONFIG_NEUTRON_${agent === 'ovn' ? 'OVN' : 'OVS'}`;
  return {
    joined: `${prefix}_BRIDGE_IFACES`,
    onCompute: `${prefix}_BRIDGES_COMPUTE`,
    tunnel: `${prefix}_TUNNEL_IF`,
  };
}

/**
 * The interfaces in the answers, with the hosts that need them: bridge interfaces on network hosts, and on compute
 * hosts only those of `…_BRIDGES_COMPUTE`; those for tunnels and Linux bridges on both; none on an excluded host
 * (PS neutron_350.py, `create_l2_agent_manifests`; puppet/templates/network.pp and compute.pp).
 */
export function neededInterfaces(value: AnswerValues): readonly NeededInterface[] {
  const network = hostList(value('CONFIG_NETWORK_HOSTS'));
  const compute = hostList(value('CONFIG_COMPUTE_HOSTS')).filter((host) => !network.includes(host));
  const both = [...network, ...compute];
  const on = (hosts: readonly string[], key: string, device: string) =>
    hosts.map((host): NeededInterface => ({ host, device, key }));
  const excluded = excludedHosts(value);
  const agent = value('CONFIG_NEUTRON_L2_AGENT');
  const keys = interfaceKeys(agent);
  const lb = 'CONFIG_NEUTRON_LB_INTERFACE_MAPPINGS';
  if (!keys)
    return agent === 'linuxbridge'
      ? pairs(value(lb))
          .flatMap(({ device }) => on(both, lb, device))
          .filter(({ host }) => !excluded.has(host))
      : [];
  const bridges = hostList(value(keys.onCompute));
  const tunnel = value(keys.tunnel) ?? '';
  return [
    ...pairs(value(keys.joined)).flatMap(({ name, device }) =>
      on(bridges.includes(name) ? both : network, keys.joined, device),
    ),
    ...(isDevice(tunnel) ? on(both, keys.tunnel, tunnel) : []),
  ].filter(({ host }) => !excluded.has(host));
}

/** Number of manifests that Packstack applies; `post` if its version has a second one for the controller (since 18.0.1; PS puppet_950.py). */
export function manifestCount(value: AnswerValues, { post }: { readonly post: boolean }): number {
  const excluded = excludedHosts(value);
  const keys = ['CONFIG_CONTROLLER_HOST', 'CONFIG_NETWORK_HOSTS', 'CONFIG_COMPUTE_HOSTS'];
  if (post) keys.push('CONFIG_CONTROLLER_HOST');
  return keys.flatMap((key) => hostList(value(key)).filter((host) => !excluded.has(host))).length;
}

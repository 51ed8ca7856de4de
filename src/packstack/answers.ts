import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { isNode, reachedAt } from '../cluster/aliases.ts';
import type { Cluster, ClusterNode, SecretReference } from '../cluster/model.ts';
import { isProvider } from '../cluster/networks.ts';
import { nodesOn } from '../cluster/on.ts';
import { packstackOptions, packstackVersions } from '../data/packstack.ts';
import { defaultOf, findAnswerKey, hasKey, newestPackstack } from './keys.ts';
import { resolveOldNames } from './old-names.ts';

/** An answer derived from the cluster file, with its origin. */
export interface GivenAnswer {
  readonly key: string;
  readonly value: string | SecretReference;
  readonly why: Message;
}

/** The Packstack version of the cluster's release; the newest if the file has no release. */
export function packstackVersionOf({ openstack: { release } }: Cluster): string {
  return (release === undefined ? undefined : own(packstackVersions, release)) ?? newestPackstack;
}

/** The answers of the cluster file by current name; those that Packstack would refuse are omitted. */
export function ownAnswers({ packstack }: Cluster): ReadonlyMap<string, GivenAnswer> {
  const written = Object.entries(packstack).map(([key, answer]) => ({
    key: key.toUpperCase(),
    value: typeof answer === 'string' ? answer : JSON.stringify(answer),
    answer,
  }));
  return new Map(
    [...resolveOldNames(written).inForce].map(([name, { key, answer }]) => {
      const why =
        key === name
          ? msg('Set in the cluster file under packstack.')
          : msg('Set in the cluster file under packstack, by its old name {0}.', key);
      return [name, { key: name, value: answer, why }];
    }),
  );
}

/** The node that Packstack runs on: that of CONFIG_CONTROLLER_HOST if set, the first controller, or the first node. */
export function packstackNode(cluster: Cluster): ClusterNode | undefined {
  const { nodes } = cluster;
  const host = ownAnswers(cluster).get('CONFIG_CONTROLLER_HOST')?.value;
  return (
    nodes.find((node) => typeof host === 'string' && isNode(node, host, nodes)) ??
    nodes.find(({ roles }) => roles.includes('controller')) ??
    nodes[0]
  );
}

function hostsOf({ nodes }: Cluster, role: string): readonly ClusterNode[] {
  return nodes.filter(({ roles }) => roles.includes(role));
}

/** The host of a service that Packstack can place elsewhere: the first node of its `on`, if the file has one. */
function serviceHost(cluster: Cluster, service: 'mariadb' | 'rabbitmq', usual: GivenAnswer): GivenAnswer {
  const outside = cluster.services[service]?.external;
  if (outside) return { ...usual, value: outside.host, why: msg('services.{0}.external.', service) };
  const on = cluster.services[service]?.on;
  const [name] = on === undefined ? [] : nodesOn(cluster.nodes, on);
  const node = cluster.nodes.find((each) => each.name === name);
  if (!node || on === undefined) return usual;
  return {
    ...usual,
    value: reachedAt(node),
    why: msg('{0}, the first node of services.{1}.on.', node.name, service),
  };
}

function hosts(cluster: Cluster): readonly GivenAnswer[] {
  const controller = packstackNode(cluster);
  if (!controller) return [];
  const { name, roles } = controller;
  const address = reachedAt(controller);
  const outside = cluster.services.mariadb?.external;
  const first = roles.includes('controller')
    ? msg('{0}, the first node with the role controller.', name)
    : msg('No node has the role {0}. {1} takes its place.', 'controller', name);
  const many = (key: string, role: string): GivenAnswer => {
    const found = hostsOf(cluster, role);
    return found.length > 0
      ? {
          key,
          value: found.map(reachedAt).join(','),
          why: msg('The nodes with the role {0}.', role),
        }
      : { key, value: address, why: msg('No node has the role {0}. {1} takes its place.', role, name) };
  };
  return [
    { key: 'CONFIG_CONTROLLER_HOST', value: address, why: first },
    many('CONFIG_COMPUTE_HOSTS', 'compute'),
    many('CONFIG_NETWORK_HOSTS', 'network'),
    serviceHost(cluster, 'rabbitmq', { key: 'CONFIG_AMQP_HOST', value: address, why: first }),
    serviceHost(cluster, 'mariadb', { key: 'CONFIG_MARIADB_HOST', value: address, why: first }),
    ...(outside
      ? [
          {
            key: 'CONFIG_MARIADB_INSTALL',
            value: 'n',
            why: msg('The database server runs outside of the cluster: services.mariadb.external.'),
          },
        ]
      : []),
    // By default Packstack uses the address of its default route, which may be a different one.
    ...['CONFIG_REDIS_HOST', 'CONFIG_MONGODB_HOST'].map((key) => ({ key, value: address, why: first })),
  ];
}

function components({ openstack }: Cluster): readonly GivenAnswer[] {
  if (openstack.components.length === 0) return [];
  const byKey = new Map<string, string[]>();
  for (const [component, option] of Object.entries(packstackOptions)) {
    if (option.default === 'always') continue;
    byKey.set(option.key, [...(byKey.get(option.key) ?? []), component]);
  }
  return [...byKey].map(([key, names]) => {
    const [first = ''] = names;
    const named = names.find((name) => openstack.components.includes(name));
    return named === undefined
      ? { key, value: 'n', why: msg('{0} is not in openstack.components.', first) }
      : { key, value: 'y', why: msg('{0} is in openstack.components.', named) };
  });
}

/** Names of networks whose interface carries the tunnels between the hosts. */
const tunnelNetworks = ['overlay', 'tunnel'] as const;

function tunnel({ networks }: Cluster, agent: string): readonly GivenAnswer[] {
  const name = tunnelNetworks.find((each) => networks[each]?.interface !== undefined);
  const device = name && networks[name]?.interface;
  if (device === undefined || (agent !== 'ovn' && agent !== 'openvswitch')) return [];
  return [
    {
      key: `CONFIG_NEUTRON_${agent === 'ovn' ? 'OVN' : 'OVS'}_TUNNEL_IF`,
      value: device,
      why: msg('The interface of the network {0}, for the tunnels between the hosts.', name ?? ''),
    },
  ];
}

/** A provider network for Packstack: its name in Neutron, its bridge and its interface. */
interface Provider {
  readonly physical: string;
  readonly bridge: string;
  readonly device: string;
}

/** The provider networks with an interface that SSH does not use: it loses its address to the bridge. */
function providersOf({ networks }: Cluster): readonly Provider[] {
  return Object.entries(networks).flatMap(([name, network]) => {
    const { interface: device, physical = name === 'provider' ? 'extnet' : name } = network;
    if (!isProvider(name, network) || device === undefined || device === networks.management?.interface)
      return [];
    // Linux allows 15 characters.
    const bridge = name === 'provider' ? 'br-ex' : `br-${physical}`.slice(0, 15);
    return [{ physical, bridge, device }];
  });
}

/** The keys that add the provider interface to its bridge, by agent: those of another agent have no effect (PS neutron_350.py). */
function bridgeAnswers(agent: string, providers: readonly Provider[]): readonly GivenAnswer[] {
  const taken = msg('The interface of the provider network. SSH does not use it.');
  const pairs = (of: (provider: Provider) => readonly [string, string]): string =>
    providers.map((provider) => of(provider).join(':')).join(',');
  if (agent === 'linuxbridge')
    return [
      {
        key: 'CONFIG_NEUTRON_LB_INTERFACE_MAPPINGS',
        value: pairs(({ physical, device }) => [physical, device]),
        why: taken,
      },
    ];
  const kind = agent === 'ovn' ? 'OVN' : 'OVS';
  return [
    {
      key: `CONFIG_NEUTRON_${kind}_BRIDGE_MAPPINGS`,
      value: pairs(({ physical, bridge }) => [physical, bridge]),
      why:
        providers.length === 1
          ? msg('The provider network: extnet on the bridge br-ex.')
          : msg('The provider networks, each on its bridge.'),
    },
    {
      key: `CONFIG_NEUTRON_${kind}_BRIDGE_IFACES`,
      value: pairs(({ bridge, device }) => [bridge, device]),
      why: taken,
    },
  ];
}

function network(cluster: Cluster, own: ReadonlyMap<string, GivenAnswer>): readonly GivenAnswer[] {
  const name = 'CONFIG_NEUTRON_L2_AGENT';
  const key = findAnswerKey(name);
  const answered = own.get(name)?.value ?? (key && defaultOf(key, packstackVersionOf(cluster)));
  const agent = typeof answered === 'string' ? answered : '';
  const tunnels = tunnel(cluster, agent);
  const providers = providersOf(cluster);
  if (providers.length === 0) return tunnels;
  return [
    ...tunnels,
    ...(agent === '' ? [] : bridgeAnswers(agent, providers)),
    {
      key: 'CONFIG_PROVISION_DEMO',
      value: 'n',
      why: msg('The cluster has its own provider network, so no demo network is created.'),
    },
  ];
}

function time({ services }: Cluster): readonly GivenAnswer[] {
  if (!services.chrony) return [];
  return [
    {
      key: 'CONFIG_NTP_SERVERS',
      value: '',
      why: msg('Empty, because step `chrony` manages /etc/chrony.conf, which Packstack would overwrite.'),
    },
  ];
}

/** The disks of the controller, where Packstack has all storage. */
function disks(cluster: Cluster): readonly GivenAnswer[] {
  const { 'cinder-volumes': volumes, swift } = packstackNode(cluster)?.own?.disks ?? {};
  return [
    ...(volumes
      ? [
          {
            key: 'CONFIG_CINDER_VOLUMES_CREATE',
            value: 'n',
            why: msg('Step `disks` makes the volume group, so Packstack makes no loop file.'),
          },
        ]
      : []),
    ...(swift
      ? [
          {
            key: 'CONFIG_SWIFT_STORAGES',
            value: swift.join(','),
            why: msg('The disks of Swift on the controller.'),
          },
          {
            key: 'CONFIG_SWIFT_STORAGE_FSTYPE',
            value: 'xfs',
            why: msg('The installation guide of Swift uses XFS.'),
          },
        ]
      : []),
  ];
}

function derived(cluster: Cluster, own: ReadonlyMap<string, GivenAnswer>): readonly GivenAnswer[] {
  const version = packstackVersionOf(cluster);
  const all = [
    ...hosts(cluster),
    ...components(cluster),
    ...network(cluster, own),
    ...disks(cluster),
    ...time(cluster),
  ];
  return all.filter(({ key }) => {
    const about = findAnswerKey(key);
    return about !== undefined && hasKey(about, version);
  });
}

/** The answers derived from the rest of the cluster file, ignoring its `packstack`. */
export function derivedAnswers(cluster: Cluster): readonly GivenAnswer[] {
  return derived(cluster, ownAnswers(cluster));
}

/** All answers for the cluster file, in the order of the answer file; its `packstack` overrides derived ones. */
export function answersOf(cluster: Cluster): readonly GivenAnswer[] {
  const own = ownAnswers(cluster);
  return [...derived(cluster, own).filter(({ key }) => !own.has(key)), ...own.values()];
}

import { type Message, msg } from '../base/l10n.ts';
import type { Cluster, ClusterNode, SecretReference } from '../cluster/model.ts';
import { packstackOptions, packstackVersions } from '../data/packstack.ts';
import { compareVersions, findAnswerKey, hasKey, newestPackstack } from './keys.ts';

/** One answer that follows from the cluster file, with what it follows from. */
export interface GivenAnswer {
  readonly key: string;
  readonly value: string | SecretReference;
  readonly why: Message;
}

/** The Packstack that belongs to the cluster's release; the newest where the file names none. */
export function packstackVersionOf({ openstack: { release } }: Cluster): string {
  return (release === undefined ? undefined : packstackVersions[release]) ?? newestPackstack;
}

/** The node that Packstack runs on: the first controller, or the first node. */
export function packstackNode({ nodes }: Cluster): ClusterNode | undefined {
  return nodes.find(({ roles }) => roles.includes('controller')) ?? nodes[0];
}

function hostsOf({ nodes }: Cluster, role: string): readonly ClusterNode[] {
  return nodes.filter(({ roles }) => roles.includes(role));
}

function hosts(cluster: Cluster): readonly GivenAnswer[] {
  const controller = packstackNode(cluster);
  if (!controller) return [];
  const { name, address } = controller;
  const first = msg('{0}, the first node with the role controller.', name);
  const many = (key: string, role: string): GivenAnswer => {
    const found = hostsOf(cluster, role);
    return found.length > 0
      ? {
          key,
          value: found.map((node) => node.address).join(','),
          why: msg('The nodes with the role {0}.', role),
        }
      : { key, value: address, why: msg('No node has the role {0}; {1} takes it over.', role, name) };
  };
  return [
    { key: 'CONFIG_CONTROLLER_HOST', value: address, why: first },
    many('CONFIG_COMPUTE_HOSTS', 'compute'),
    many('CONFIG_NETWORK_HOSTS', 'network'),
    ...['CONFIG_AMQP_HOST', 'CONFIG_MARIADB_HOST', 'CONFIG_REDIS_HOST'].map((key) => ({
      key,
      value: address,
      why: first,
    })),
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

function network(cluster: Cluster): readonly GivenAnswer[] {
  const { management, provider } = cluster.networks;
  const device = provider?.interface;
  // The interface loses its address to the bridge: never the one that SSH comes by.
  if (device === undefined || device === management?.interface) return [];
  const kind = compareVersions(packstackVersionOf(cluster), '14.0.0') < 0 ? 'OVS' : 'OVN';
  return [
    {
      key: `CONFIG_NEUTRON_${kind}_BRIDGE_MAPPINGS`,
      value: 'extnet:br-ex',
      why: msg('The provider network, by the name extnet on the bridge br-ex.'),
    },
    {
      key: `CONFIG_NEUTRON_${kind}_BRIDGE_IFACES`,
      value: `br-ex:${device}`,
      why: msg('The interface of the network provider; it is not the one that SSH comes by.'),
    },
    {
      key: 'CONFIG_PROVISION_DEMO',
      value: 'n',
      why: msg('There is a provider network of its own, so no demo network is made.'),
    },
  ];
}

function time({ services }: Cluster): readonly GivenAnswer[] {
  if (!services.chrony) return [];
  return [
    {
      key: 'CONFIG_NTP_SERVERS',
      value: '',
      why: msg(
        'Left empty: Stackprep’s step chrony keeps /etc/chrony.conf, which Packstack would overwrite.',
      ),
    },
  ];
}

/** Every answer that follows from the cluster file, in the order of the answer file; those of its `packstack` come over the others. */
export function answersOf(cluster: Cluster): readonly GivenAnswer[] {
  const version = packstackVersionOf(cluster);
  const own = Object.entries(cluster.packstack).map(([key, value]) => ({
    key: key.toUpperCase(),
    value,
    why: msg('Given in the cluster file under packstack.'),
  }));
  const given = new Set(own.map(({ key }) => key));
  const derived = [...hosts(cluster), ...components(cluster), ...network(cluster), ...time(cluster)];
  const known = derived.filter(({ key }) => {
    const about = findAnswerKey(key);
    return about !== undefined && hasKey(about, version) && !given.has(key);
  });
  return [...known, ...own];
}

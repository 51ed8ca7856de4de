import { isIpv6 } from '../../cluster/address.ts';
import { reachedAt } from '../../cluster/aliases.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines } from '../common/services.ts';
import { etcdSh } from './etcd.sh.ts';
import { etcdNodes, etcdPackages } from './info.ts';

function url(node: ClusterNode, port: number): string {
  const address = reachedAt(node);
  return `http://${isIpv6(address) ? `[${address}]` : address}:${port}`;
}

/**
 * The installation guide's settings, with all members of the cluster file in ETCD_INITIAL_CLUSTER. etcd listens on addresses only
 * and would not start with a name; rule `etcd-without-address` asks for the address before a run.
 */
function settingsOf(
  node: ClusterNode,
  members: readonly ClusterNode[],
): readonly (readonly [string, string])[] {
  return [
    ['ETCD_DATA_DIR', '/var/lib/etcd/default.etcd'],
    ['ETCD_LISTEN_PEER_URLS', url(node, 2380)],
    ['ETCD_LISTEN_CLIENT_URLS', url(node, 2379)],
    ['ETCD_NAME', node.name],
    ['ETCD_INITIAL_ADVERTISE_PEER_URLS', url(node, 2380)],
    ['ETCD_ADVERTISE_CLIENT_URLS', url(node, 2379)],
    ['ETCD_INITIAL_CLUSTER', members.map((each) => `${each.name}=${url(each, 2380)}`).join(',')],
    ['ETCD_INITIAL_CLUSTER_TOKEN', 'etcd-cluster-01'],
    ['ETCD_INITIAL_CLUSTER_STATE', 'new'],
  ];
}

export const script = scriptFrom(
  etcdSh,
  ({ cluster, node }) => {
    const names = etcdNodes(cluster);
    const members = cluster.nodes.filter(({ name }) => names.includes(name));
    const settings = settingsOf(node, members).map(([key, value]) => `${key}="${value}"\n`);
    const peers = members.map((each) => url(each, 2380)).toSorted();
    return {
      etcd_packages: packageLines(etcdPackages),
      etcd_settings: settings.join(''),
      etcd_client: url(node, 2379),
      etcd_peers: peers.join('\n'),
      etcd_others: peers.filter((each) => each !== url(node, 2380)).join(' '),
    };
  },
  [serviceSh],
);

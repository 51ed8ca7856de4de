import { msg } from '../base/l10n.ts';
import { isIpv6 } from '../cluster/address.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { lines, sh, words } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';
import { pickPackages, serviceFunctions } from './service.ts';
import { packagesOf, serviceNodes } from './services.ts';

const packages = packagesOf('etcd');
const file = '/etc/etcd/etcd.conf';
const nodesOf = serviceNodes('etcd');

function url({ address }: ClusterNode, port: number): string {
  return `http://${isIpv6(address) ? `[${address}]` : address}:${port}`;
}

/** The guide's settings, with every member of the cluster file in ETCD_INITIAL_CLUSTER. */
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

const functions = sh`sp_etcd_healthy() { curl -s --noproxy '*' --max-time 5 "$1/health" | grep -q '"health": *"true"'; }
sp_etcd_peers() { ETCDCTL_API=3 etcdctl --endpoints="$1" member list | awk -F ', ' '{ print $4 }' | sort; }
sp_etcd_away() { for sp_a; do curl -s -o /dev/null --noproxy '*' --max-time 5 "$sp_a/version" || printf '%s ' "$sp_a"; done; }`;

export const etcd: StepDefinition = {
  id: 'etcd',
  title: msg('etcd key-value store'),
  what: msg(
    'Installs etcd, puts the guide’s settings with all members into /etc/etcd/etcd.conf, starts it at boot and now, and waits up to five minutes until the cluster is healthy and has exactly the members of the file.',
  ),
  why: msg('Components share locks and state through it; a member that starts alone waits for the others.'),
  undo: msg(
    'Undoing puts /etc/etcd/etcd.conf and the state of the service back; packages and the data in /var/lib/etcd stay.',
  ),
  drifts: true,
  nodes: nodesOf,
  impliedBy: (cluster) => cluster.services.etcd !== undefined,
  script: ({ cluster, node }) => {
    const names = nodesOf(cluster);
    const members = cluster.nodes.filter(({ name }) => names.includes(name));
    const settings = settingsOf(node, members);
    const block = settings.map(([key, value]) => `${key}="${value}"\n`).join('');
    const pattern = `^[ \\t]*(${settings.map(([key]) => key).join('|')})=`;
    const client = url(node, 2379);
    const peers = members.map((each) => url(each, 2380)).toSorted();
    const others = words(peers.filter((each) => each !== url(node, 2380)));
    const shared = lines(serviceFunctions, functions, pickPackages(packages));
    const wanted = sh`sp_wanted=$(sp_with_block ${file} ${pattern} ${block}); sp_wanted=\${sp_wanted%x}`;
    return {
      check: sh`${shared}
sp_need_packages || return $?
sp_missing=0
if [ -e ${file} ]; then
  ${wanted}
  sp_need_file ${file} "$sp_wanted" || sp_missing=1
else sp_because file-missing ${file}; sp_missing=1; fi
sp_need_unit etcd || sp_missing=1
if ! sp_etcd_healthy ${client}; then
  sp_away=$(sp_etcd_away ${others})
  sp_because etcd-unhealthy ${client}
  if [ -n "$sp_away" ]; then sp_because etcd-waits "\${sp_away% }"; fi
  return 1
fi
sp_peers=$(sp_etcd_peers ${client})
if [ "$sp_peers" != ${peers.join('\n')} ]; then sp_because etcd-members-differ "$(printf '%s\\n' "$sp_peers" | tr '\\n' ' ')"; return 2; fi
return $sp_missing`,
      apply: sh`${shared}
sp_install $sp_packages
sp_keep_anew etcd
sp_keep etcd ${file}
sp_keep_unit etcd etcd
[ -e ${file} ] || sp_write_file ${file} ''
${wanted}
sp_same_file ${file} "$sp_wanted" || sp_write_file ${file} "$sp_wanted"
systemctl daemon-reload
systemctl enable etcd
# A member says that it has started once most members are there, so this must not wait.
systemctl --no-block restart etcd
sp_t=0
until sp_etcd_healthy ${client} || [ $sp_t -ge 300 ]; do
  if [ $((sp_t % 15)) = 5 ]; then printf '%s\\n' "waiting for $(sp_etcd_away ${others})"; fi
  sp_t=$((sp_t + 1)); sleep 1
done`,
      revert: sh`sp_put_back first etcd
sp_put_back_units first etcd
systemctl --no-block try-restart etcd`,
      intent: { packages, files: [file], services: { etcd: 'enabled' } },
    };
  },
};

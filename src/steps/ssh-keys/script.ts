import { own } from '../../base/own.ts';
import { namesOf } from '../../cluster/aliases.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import { scriptFrom } from '../common/from-file.ts';
import { publicKeyOf } from '../common/public-key.ts';
import { userFolder } from '../common/user-folder.ts';
import { nodesWithKeys } from './nodes.ts';
import { sshKeysSh } from './ssh-keys.sh.ts';

/** A key for authorized_keys: a single line. */
function oneLine(key: string): string {
  return key.replace(/[\r\n]+/g, ' ').trim();
}

export const script = scriptFrom(
  sshKeysSh,
  ({ cluster, node }) => {
    const { user, identity } = node.ssh;
    const nodes = nodesWithKeys(cluster);
    const namesOfNode = (each: ClusterNode): readonly string[] => [
      ...namesOf(each, cluster.nodes),
      ...(each.address === undefined ? [] : [each.address]),
    ];
    const keysOf = new Map(nodes.map((each) => [each.node, each.keys]));
    const fault = identity === undefined ? undefined : own(cluster.inputs?.keyErrors, identity);
    return {
      ssh_keys_user: user,
      ssh_keys_identity: identity ?? '',
      ssh_keys_public: oneLine(publicKeyOf(cluster, node) ?? ''),
      ssh_keys_error: oneLine(fault ?? ''),
      ssh_keys_between: cluster.betweenNodes ? 'yes' : '',
      ssh_keys_node: node.name,
      ssh_keys_of_nodes: nodes.map((each) => `${each.node.name} ${oneLine(each.keys.user)}`).join('\n'),
      ssh_keys_names: nodes.flatMap((each) => namesOfNode(each.node)).join(' '),
      ssh_keys_hosts: (nodes.length === 0 ? [] : cluster.nodes)
        .flatMap((each) => {
          const names = namesOfNode(each).join(',');
          return keysOf.get(each)?.hosts.map((key) => `${names} ${oneLine(key)}\n`) ?? [`${names}\n`];
        })
        .join(''),
    };
  },
  [userFolder],
);

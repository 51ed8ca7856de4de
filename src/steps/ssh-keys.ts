import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { namesOf } from '../cluster/aliases.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';
import { userFolder } from './user-folder.ts';

/** The public key of the node's identity, `type base64 comment`; undefined where none is configured or none was found. */
export function publicKeyOf({ inputs }: Cluster, { ssh }: ClusterNode): string | undefined {
  return ssh.identity === undefined ? undefined : own(inputs?.publicKeys, ssh.identity);
}

/** A key as authorized_keys holds it: one line, nothing that ends it early. */
function oneLine(key: string): string {
  return key.replace(/[\r\n]+/g, ' ').trim();
}

/** The nodes as far as they told their keys; the node itself too, for programs such as Packstack log in to it as to any other. */
function nodesWithKeys(cluster: Cluster) {
  if (!cluster.betweenNodes) return [];
  return cluster.nodes.flatMap((other) => {
    const keys = own(cluster.inputs?.nodeKeys, other.name);
    return keys ? [{ node: other, keys }] : [];
  });
}

/** The lines of root's known_hosts that the other nodes need. */
function knownHosts(list: ReturnType<typeof nodesWithKeys>, all: readonly ClusterNode[]): string {
  return list
    .flatMap(({ node, keys }) => {
      const names = [...namesOf(node, all), node.address].join(',');
      return keys.hosts.map((key) => `${names} ${oneLine(key)}\n`);
    })
    .join('');
}

const known = '/root/.ssh/known_hosts';

// Lines that name one of the nodes otherwise go: ssh would call the new key a changed one.
const rewriteKnown = `
BEGIN { n = split(names, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1 }
/^# (BEGIN|END) stackprep/ { next }
{ n = split($1, hosts, ","); drop = 0; for (i = 1; i <= n; i++) if (hosts[i] in ours) drop = 1; if (!drop) print }`;

/** Sets `sp_wanted`, and `sp_body` and `sp_end` to what root's file is now; ends the function where that is not root's plain file. */
function wantedKnown(list: ReturnType<typeof nodesWithKeys>, all: readonly ClusterNode[]): ShellText {
  const names = list.flatMap(({ node }) => [...namesOf(node, all), node.address]).join(' ');
  return sh`sp_in_folder read root known_hosts || return 2
if [ "$sp_end" = read:absent ]; then sp_body=; fi
sp_wanted=$(printf %s "$sp_body" | awk -v names=${names} ${rewriteKnown}; printf '# BEGIN stackprep\\n%s# END stackprep\\nx' ${knownHosts(list, all)}); sp_wanted=\${sp_wanted%x}`;
}

function unknownKey(identity: string, fault: string | undefined): ShellText {
  return fault === undefined
    ? sh`sp_because public-key-unknown ${identity}; return 2`
    : sh`sp_because key-not-made ${identity} ${oneLine(fault)}; return 2`;
}

export const sshKeys: StepDefinition = {
  id: 'ssh-keys',
  title: msg('SSH keys'),
  what: msg(
    'Puts the public key of the identity into authorized_keys of the login user, once, with the modes, owner and SELinux context that sshd asks for; with ssh.between-nodes also the keys of all nodes’ root, and their host keys.',
  ),
  why: msg(
    'Copying a key file over authorized_keys removes everybody else’s keys, and a wrong mode makes sshd ignore the file silently.',
  ),
  undo: msg(
    'Revert puts the former authorized_keys and known_hosts back; a key that was made for root of a node stays.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.betweenNodes,
  script: ({ cluster, node }) => {
    const { user, identity } = node.ssh;
    const key = publicKeyOf(cluster, node);
    const nodes = nodesWithKeys(cluster);
    const mine = key === undefined ? [] : [{ user, key: oneLine(key), whose: identity ?? '' }];
    const theirs = nodes.map((other) => ({
      user: 'root',
      key: oneLine(other.keys.user),
      whose: other.node.name,
    }));
    const all = [...mine, ...theirs];
    const unknown =
      identity !== undefined && key === undefined
        ? unknownKey(identity, own(cluster.inputs?.faults, identity))
        : identity === undefined && !cluster.betweenNodes
          ? sh`sp_because identity-not-named; return 2`
          : sh``;
    const made = '/root/.ssh/id_ed25519';
    return {
      uses: [{ shell: userFolder.text }],
      check: lines(
        sh`sp_tell=because`,
        unknown,
        sh`sp_missing=0`,
        ...(cluster.betweenNodes
          ? [sh`ls /root/.ssh/id_*.pub >/dev/null 2>&1 || { sp_because node-key-missing; sp_missing=1; }`]
          : []),
        ...all.map(
          (each) =>
            sh`sp_need_key ${each.user} ${each.key} ${each.whose} || { [ $? = 1 ] || return 2; sp_missing=1; }`,
        ),
        ...(nodes.length > 0
          ? [
              wantedKnown(nodes, cluster.nodes),
              sh`if [ "$sp_end" = read:absent ]; then sp_because file-missing ${known}; sp_missing=1
elif [ "$sp_body" != "$sp_wanted" ]; then sp_because file-differs ${known}; sp_missing=1; fi`,
            ]
          : []),
        sh`return $sp_missing`,
      ),
      apply: lines(
        sh`sp_tell=notice
sp_keep_anew ssh-keys`,
        ...(cluster.betweenNodes
          ? [
              sh`sp_in_folder folder root authorized_keys
if ! ls /root/.ssh/id_*.pub >/dev/null 2>&1; then ssh-keygen -q -t ed25519 -N '' -C ${`root@${node.name}`} -f ${made}; fi`,
            ]
          : []),
        ...all.map((each) => sh`sp_add_key ssh-keys ${each.user} ${each.key}`),
        ...(nodes.length > 0
          ? [
              wantedKnown(nodes, cluster.nodes),
              sh`sp_mode=\${sp_end#read:}; [ "$sp_mode" != absent ] || sp_mode=600
sp_keep_key_file ssh-keys root known_hosts
printf %s "$sp_wanted" | sp_in_folder put root known_hosts "$sp_mode"
printf '%s\\n' ${`wrote ${known}`}`,
            ]
          : []),
      ),
      revert: sh`sp_tell=notice
sp_put_back_keys ssh-keys`,
      intent: { files: ['~/.ssh/authorized_keys', ...(nodes.length > 0 ? [known] : [])] },
    };
  },
};

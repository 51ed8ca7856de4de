import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

/** The public key of the node's identity, `type base64 comment`; undefined where none is configured or none was found. */
export function publicKeyOf({ inputs }: Cluster, { ssh }: ClusterNode): string | undefined {
  return ssh.identity === undefined ? undefined : own(inputs?.publicKeys, ssh.identity);
}

/** A key as authorized_keys holds it: one line, nothing that ends it early. */
function oneLine(key: string): string {
  return key.replace(/[\r\n]+/g, ' ').trim();
}

/** Packstack leaves root's ~/.ssh 0500 and authorized_keys 0400 on every host (PS prescript_000.py): as good for sshd, and it comes back. */
const functions = sh`sp_home_of() { getent passwd "$1" | cut -d : -f 6; }
sp_blob() { printf '%s\\n' "$1" | awk '{ print $2 }'; }
sp_key_count() { [ -e "$1" ] || { echo 0; return; }; awk -v blob="$2" '/^[ \\t]*#/ { next } { for (i = 1; i <= NF; i++) if ($i == blob) n++ } END { print n + 0 }' "$1"; }
sp_owned() { [ "$(stat -c '%U %a' "$1" 2>/dev/null)" = "$2 $3" ]; }
sp_of_packstack() { [ "$1" = root ] && sp_owned "$2" "$1" "$3"; }
sp_label_wrong() { command -v restorecon >/dev/null && command -v getenforce >/dev/null && [ "$(getenforce)" != Disabled ] && [ -n "$(restorecon -nvR "$1" 2>/dev/null)" ]; }
sp_need_key() {
  sp_home=$(sp_home_of "$1"); sp_keys=$sp_home/.ssh/authorized_keys
  if [ -z "$sp_home" ]; then sp_because user-unknown "$1"; return 2; fi
  sp_m=0
  case $(sp_key_count "$sp_keys" "$(sp_blob "$2")") in
    0) sp_because key-missing "$sp_keys" "$3"; sp_m=1;;
    1) ;;
    *) sp_because key-twice "$sp_keys" "$3"; sp_m=1;;
  esac
  if [ -e "$sp_keys" ]; then
    if [ -n "$(find "$sp_home" -maxdepth 0 -perm /022)" ]; then sp_because others-can-write "$sp_home"; sp_m=1; fi
    sp_owned "$sp_home/.ssh" "$1" 700 || sp_of_packstack "$1" "$sp_home/.ssh" 500 || { sp_because mode-wrong "$sp_home/.ssh" 0700 "$1"; sp_m=1; }
    sp_owned "$sp_keys" "$1" 600 || sp_of_packstack "$1" "$sp_keys" 400 || { sp_because mode-wrong "$sp_keys" 0600 "$1"; sp_m=1; }
    if sp_label_wrong "$sp_home/.ssh"; then sp_because label-wrong "$sp_home/.ssh"; sp_m=1; fi
  fi
  return $sp_m
}
sp_own_folder() {
  sp_home=$(sp_home_of "$1")
  chmod go-w "$sp_home"
  [ -d "$sp_home/.ssh" ] || mkdir "$sp_home/.ssh"
  chown "$1:$(id -gn "$1")" "$sp_home/.ssh"; chmod 0700 "$sp_home/.ssh"
}
sp_add_key() {
  sp_own_folder "$1"; sp_keys=$sp_home/.ssh/authorized_keys
  sp_keep ssh-keys "$sp_keys"
  if [ "$(sp_key_count "$sp_keys" "$(sp_blob "$2")")" != 1 ]; then
    sp_text=$( { [ ! -e "$sp_keys" ] || awk -v blob="$(sp_blob "$2")" '{ for (i = 1; i <= NF; i++) if ($i == blob && $0 !~ /^[ \\t]*#/) { if (had) next; had = 1 } print }' "$sp_keys"; printf x; } )
    sp_text=\${sp_text%x}
    if [ -z "$sp_text" ] || [ "$(sp_key_count "$sp_keys" "$(sp_blob "$2")")" = 0 ]; then sp_text="$sp_text$2
"; fi
    sp_put_file "$sp_keys" "$sp_text" 0600
  fi
  chown "$1:$(id -gn "$1")" "$sp_keys"; chmod 0600 "$sp_keys"
  if command -v restorecon >/dev/null; then restorecon -R "$sp_home/.ssh"; fi
}`;

/** The nodes as far as they told their keys; the node itself too, for programs such as Packstack log in to it as to any other. */
function nodesWithKeys(cluster: Cluster) {
  if (!cluster.betweenNodes) return [];
  return cluster.nodes.flatMap((other) => {
    const keys = own(cluster.inputs?.nodeKeys, other.name);
    return keys ? [{ node: other, keys }] : [];
  });
}

/** The lines of root's known_hosts that the other nodes need. */
function knownHosts(list: ReturnType<typeof nodesWithKeys>): string {
  return list
    .flatMap(({ node, keys }) => keys.hosts.map((key) => `${node.name},${node.address} ${oneLine(key)}\n`))
    .join('');
}

const known = '/root/.ssh/known_hosts';

// Lines that name one of the nodes otherwise go: ssh would call the new key a changed one.
const rewriteKnown = `
BEGIN { n = split(names, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1 }
/^# (BEGIN|END) stackprep/ { next }
{ n = split($1, hosts, ","); drop = 0; for (i = 1; i <= n; i++) if (hosts[i] in ours) drop = 1; if (!drop) print }`;

function wantedKnown(list: ReturnType<typeof nodesWithKeys>): ShellText {
  const names = list.flatMap(({ node }) => [node.name, node.address]).join(' ');
  return sh`sp_wanted=$( { [ ! -e ${known} ] || awk -v names=${names} ${rewriteKnown} ${known}; printf '# BEGIN stackprep\\n%s# END stackprep\\nx' ${knownHosts(list)}; } ); sp_wanted=\${sp_wanted%x}`;
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
      check: lines(
        functions,
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
          ? [wantedKnown(nodes), sh`sp_need_file ${known} "$sp_wanted" || sp_missing=1`]
          : []),
        sh`return $sp_missing`,
      ),
      apply: lines(
        functions,
        sh`sp_keep_anew ssh-keys`,
        ...(cluster.betweenNodes
          ? [
              sh`sp_own_folder root
if ! ls /root/.ssh/id_*.pub >/dev/null 2>&1; then ssh-keygen -q -t ed25519 -N '' -C ${`root@${node.name}`} -f ${made}; fi`,
            ]
          : []),
        ...all.map((each) => sh`sp_add_key ${each.user} ${each.key}`),
        ...(nodes.length > 0
          ? [
              wantedKnown(nodes),
              sh`sp_keep ssh-keys ${known}
sp_put_file ${known} "$sp_wanted"`,
            ]
          : []),
      ),
      revert: sh`sp_put_back first ssh-keys`,
      intent: { files: ['~/.ssh/authorized_keys', ...(nodes.length > 0 ? [known] : [])] },
    };
  },
};

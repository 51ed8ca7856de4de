import { msg } from '../base/l10n.ts';
import { isIpv6 } from '../cluster/address.ts';
import type { Cluster } from '../cluster/model.ts';
import { answersOf, packstackNode } from '../packstack/answers.ts';
import {
  answerHosts,
  answerValues,
  loginHosts,
  manifestCount,
  neededInterfaces,
} from '../packstack/hosts.ts';
import { answerKeys } from '../packstack/keys.ts';
import { placementOf } from '../packstack/placement.ts';
import { lines, type ShellText, sh, words } from '../shell/command.ts';
import type { DefinedScript, StepDefinition } from './definition.ts';
import { pickPackages, serviceFunctions } from './service.ts';
import { packagesOf } from './services.ts';

const packages = packagesOf('Packstack');
const file = '/root/packstack-answers-stackprep.txt';
/** Two lines: the sum of the answers without a secret, and that of what the file said of other keys when Packstack was through. */
const record = '/var/lib/stackprep/ran/packstack';

/** The keys whose values Packstack makes up once and needs again: they outlive the answers of the cluster file. Source: PS. */
const madeUp = answerKeys
  .filter(({ isSecret }) => isSecret)
  .map(({ name }) => name)
  .join(' ');

/**
 * Awk that takes an answer line apart: `secret` says whether its value outlives the cluster file's answers. A key that the table
 * does not have (that of a newer Packstack) is known by its name.
 */
const readAnswer = `BEGIN { n = split(made, list, " "); for (i = 1; i <= n; i++) isMade[list[i]] = 1; n = split(given, list, " "); for (i = 1; i <= n; i++) isGiven[list[i]] = 1 }
!/^[A-Za-z]/ { next }
{ key = $0; sub(/[ \t]*[=:].*/, "", key); key = toupper(key); secret = (key in isMade) || key ~ /_(PW|PASSWORD|TOKEN|SECRET|SECRET_KEY|ENC_KEY|HASH)$/ }`;

/**
 * What Packstack needs before it is begun: every hindrance is a reason. It comes to the hosts as root on port 22 without
 * looking at host keys (PS utils/shell.py), so whether it can is tried in its own way, and so are the interfaces found there.
 */
const functions = sh`sp_hinder() { sp_emit "$sp_hinder_as" "$@"; sp_hs=1; }
sp_hinder_here() {
  sp_h=$1; shift
  if sp_yum -q repolist enabled | grep -q '^[*!]*epel'; then sp_hinder epel-enabled; fi
  getent hosts "$(uname -n)" >/dev/null || sp_hinder name-not-resolved "$(uname -n)"
  [ -n "$(ip route show default; ip -6 route show default)" ] || sp_hinder packstack-no-gateway
  for sp_i; do [ -e "/sys/class/net/$sp_i" ] || sp_hinder packstack-no-interface "$sp_i" "$sp_h"; done
}
sp_remote_devices='for i; do [ -e "/sys/class/net/$i" ] || printf "absent %s\\n" "$i"; done; echo through'
sp_hinder_there() {
  sp_h=$1; shift
  sp_seen=$(timeout 20 ssh -n -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$sp_h" "bash -c '$sp_remote_devices' bash $*" 2>/dev/null) || :
  case $sp_seen in *through*) ;; *) sp_hinder packstack-no-root-login "$sp_h";; esac
  for sp_i; do
    if printf '%s\\n' "$sp_seen" | grep -qxF "absent $sp_i"; then sp_hinder packstack-no-interface "$sp_i" "$sp_h"; fi
  done
}
sp_hinder_alone() { if sshd -T 2>/dev/null | grep -qix 'permitrootlogin no'; then sp_hinder packstack-no-root-login "$1"; fi; }
sp_stack_notes() {
  sp_emit notice packstack-root-login
  if systemctl -q is-active NetworkManager; then sp_emit notice packstack-network-manager; fi
  grep -qs '^LANG="\\{0,1\\}en_' /etc/environment || sp_emit notice packstack-locale
  sp_memory=$(awk '$1 == "MemTotal:" { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo)
  if [ "$sp_memory" -lt 16 ]; then sp_emit notice packstack-memory "$sp_memory"; fi
}
sp_stack_kept() { awk -v made=${madeUp} -v given="$1" ${`${readAnswer} secret && !(key in isGiven)`} ${file}; }
sp_stack_state() { awk -v made=${madeUp} ${`${readAnswer} !secret`} ${file} 2>/dev/null | cksum; }
sp_stack_version() { packstack --version | sed -n 's/^[^0-9]*\\([0-9][0-9]*\\)\\..*/\\1/p' | head -n 1; }
sp_stack_url() {
  if [ -e /root/keystonerc_admin ]; then sed -n 's/^[ \\t]*export OS_AUTH_URL=//p' /root/keystonerc_admin | tr -d "\\"'"; else printf '%s\\n' "$sp_usual_url"; fi
}
sp_stack_answers() { url=$(sp_stack_url); [ -n "$url" ] && curl -fsSk -o /dev/null --noproxy '*' --max-time 15 "$url"; }`;

interface Parts {
  /** Shell that prints the answers without a secret, a line each. */
  readonly plain: string;
  /** Shell that prints the answers with a secret. */
  readonly secret: ShellText;
  readonly secrets: readonly string[];
  readonly keys: string;
}

function partsOf(cluster: Cluster): Parts {
  const answers = answersOf(cluster);
  const plain = answers.flatMap(({ key, value }) => (typeof value === 'string' ? [`${key}=${value}\n`] : []));
  const referred = answers.flatMap(({ key, value }) =>
    typeof value === 'string' ? [] : [{ key, name: value.secret }],
  );
  return {
    plain: plain.join(''),
    secret: lines(
      ...referred.map(
        ({
          key,
          name,
        }) => sh`case $(sp_secret ${name}) in ''|*"$sp_newline"*|*' ;'*) printf 'the secret %s is empty or has what Packstack cannot read in an answer\\n' ${name} >&2; return 1;; esac
printf '%s=' ${key}; sp_secret ${name}; echo`,
      ),
    ),
    secrets: [...new Set(referred.map(({ name }) => name))],
    keys: answers.map(({ key }) => key).join(' '),
  };
}

/** What decides where the step looks on which host. */
function hindrances(cluster: Cluster, as: 'because' | 'notice'): ShellText {
  const node = packstackNode(cluster);
  const value = answerValues(cluster);
  const isHere = (host: string) => host === node?.address || host === node?.name;
  const devicesOf = (hosts: readonly string[]) => [
    ...new Set(interfaces.flatMap(({ host, device }) => (hosts.includes(host) ? [device] : []))),
  ];
  const interfaces = neededInterfaces(value);
  const hosts = loginHosts(value);
  const [here, there] = [hosts.filter(isHere), hosts.filter((host) => !isHere(host))];
  // Alone, Packstack puts its key into authorized_keys without a login (PS prescript_000.py, `install_keys`).
  const isAlone = answerHosts(value).length === 1 && there.length === 0;
  return lines(
    sh`sp_hs=0; sp_hinder_as=${as}`,
    sh`sp_hinder_here ${node?.address ?? ''} ${words(devicesOf(here))}`,
    ...(isAlone
      ? here.map((host) => sh`sp_hinder_alone ${host}`)
      : here.map((host) => sh`sp_hinder_there ${host}`)),
    ...there.map((host) => sh`sp_hinder_there ${host} ${words(devicesOf([host]))}`),
  );
}

/** Where Packstack puts what no node's role says, so that it is seen before: roles without a node, and nodes that get nothing. */
function placement(cluster: Cluster, as: 'because' | 'notice'): ShellText {
  return lines(...placementOf(cluster).map(({ code, args }) => sh`sp_emit ${as} ${code} ${words(args)}`));
}

function apply(cluster: Cluster): ShellText {
  const { secret, keys } = partsOf(cluster);
  const value = answerValues(cluster);
  return sh`${hindrances(cluster, 'notice')}
if [ "$sp_hs" != 0 ]; then printf '%s\\n' "Packstack is not begun: something is in its way"; return 1; fi
${placement(cluster, 'notice')}
sp_stack_notes
sp_install $sp_packages
packstack --version
sp_t=$(umask 077; mktemp /root/.stackprep.XXXXXX)
sp_stack_file() {
  echo '[general]'
  if [ -e ${file} ]; then sp_stack_kept ${keys}; fi
  printf %s "$sp_plain"
  ${secret}
}
if ! sp_stack_file >"$sp_t"; then rm -f "$sp_t"; return 1; fi
mv -f "$sp_t" ${file}
rm -f ${record}
printf 'answers: %s (mode 0600; it stays, for Packstack keeps its passwords there)\\n' ${file}
printf '%s\\n' "its own log: /var/tmp/packstack/latest/openstack-setup.log"
if [ "$(sp_stack_version)" -ge 18 ]; then sp_n=${manifestCount(value, { post: true })}; else sp_n=${manifestCount(value, { post: false })}; fi
printf 'Packstack applies %s manifests: of the controller, of each network host and of each compute host\\n' "$sp_n"
# Its output is not masked in there, so nobody else may read it, and no name in it can be guessed.
sp_o=$(mktemp -d "\${sp_job:-/root}/.stackprep.XXXXXX")
{ sp_s=0; PYTHONUNBUFFERED=1 packstack --answer-file=${file} || sp_s=$?; echo "$sp_s" >"$sp_o/code"; } 2>&1 | tee "$sp_o/out"
sp_s=$(cat "$sp_o/code")
sed -n 's/.*Because of the kernel update the host \\([^ ]*\\) requires reboot.*/\\1/p' "$sp_o/out" | while read -r sp_h; do sp_emit notice packstack-reboot "$sp_h"; done
rm -rf "$sp_o"
if [ "$sp_s" != 0 ]; then return 1; fi
mkdir -p /var/lib/stackprep/ran
printf '%s\\n' "$sp_digest" "$(sp_stack_state)" >${record}`;
}

/** Whether Packstack leaves /root/keystonerc_admin on its own node: it does on the controller, which an answer may put elsewhere. */
function isControllerHere(cluster: Cluster): boolean {
  const node = packstackNode(cluster);
  const host = answerValues(cluster)('CONFIG_CONTROLLER_HOST');
  return host === node?.address || host === node?.name;
}

/** Where Keystone answers unless the file on the controller says otherwise. */
function keystoneUrl(cluster: Cluster): string {
  const host = answerValues(cluster)('CONFIG_CONTROLLER_HOST') ?? '';
  return `http://${isIpv6(host) ? `[${host}]` : host}:5000/v3`;
}

function script(cluster: Cluster): DefinedScript {
  const { plain, secrets } = partsOf(cluster);
  const shared = lines(
    serviceFunctions,
    functions,
    pickPackages(packages),
    sh`sp_plain=${plain}
sp_newline='
'
sp_digest=$(printf %s "$sp_plain" | cksum)
sp_usual_url=${keystoneUrl(cluster)}`,
  );
  return {
    check: sh`${shared}
sp_missing=0
sp_need_packages || { sp_rc=$?; [ "$sp_rc" = 1 ] || return "$sp_rc"; sp_missing=1; }
if [ ! -e ${record} ] || { ${isControllerHere(cluster) ? sh`[ ! -e /root/keystonerc_admin ]` : sh`false`}; }; then sp_because packstack-not-run; sp_missing=1
elif [ "$(sed -n 1p ${record})" != "$sp_digest" ]; then sp_because packstack-answers-new; sp_missing=1
elif [ "$(sed -n 2p ${record})" != "$(sp_stack_state)" ]; then sp_because packstack-answers-edited ${file}; sp_missing=1
elif ! sp_stack_answers; then sp_because service-silent keystone "$(sp_stack_url)"; sp_missing=1; fi
if [ "$sp_missing" = 1 ]; then
${placement(cluster, 'because')}
${hindrances(cluster, 'because')}
fi
return $sp_missing`,
    apply: lines(shared, apply(cluster)),
    secrets,
    intent: { packages, files: [file] },
  };
}

export const packstack: StepDefinition = {
  id: 'packstack',
  title: msg('OpenStack by Packstack'),
  what: msg(
    'On the first controller: looks for what stops Packstack, installs it, writes /root/packstack-answers-stackprep.txt (mode 0600) from this file, runs packstack --answer-file, and asks Keystone whether it answers.',
  ),
  why: msg(
    'Packstack installs and configures OpenStack on all nodes in one go; it comes to them as root on port 22 and stops late at what could have been seen before.',
  ),
  undo: msg(
    'It cannot be undone: RDO itself says to reinstall the system. Take a snapshot of every node first.',
  ),
  drifts: true,
  nodes: (cluster) => {
    const node = packstackNode(cluster);
    return node ? [node.name] : [];
  },
  impliedBy: (cluster) => cluster.openstack.installer === 'packstack',
  script: ({ cluster }) => script(cluster),
};

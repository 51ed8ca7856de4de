import { msg } from '../base/l10n.ts';
import { isIpv6 } from '../cluster/address.ts';
import type { Cluster } from '../cluster/model.ts';
import { answersOf, packstackNode } from '../packstack/answers.ts';
import { lines, type ShellText, sh, words } from '../shell/command.ts';
import type { DefinedScript, StepDefinition } from './definition.ts';
import { pickPackages, serviceFunctions } from './service.ts';
import { packagesOf } from './services.ts';

const packages = packagesOf('Packstack');
const file = '/root/packstack-answers-stackprep.txt';
const record = '/var/lib/stackprep/ran/packstack';

/**
 * What Packstack needs before it is begun: every hindrance is a reason. It comes to the hosts as root on port 22 without
 * looking at host keys (PS utils/shell.py), so whether it can is tried in its own way.
 */
const functions = sh`sp_hinder() { sp_emit "$sp_hinder_as" "$@"; sp_hs=1; }
sp_hindered() {
  sp_hs=0; sp_hinder_as=$1
  systemctl -q is-active auditd || sp_hinder packstack-auditd
  if sp_yum -q repolist enabled | grep -q '^!\\{0,1\\}epel'; then sp_hinder epel-enabled; fi
  getent hosts "$(uname -n)" >/dev/null || sp_hinder name-not-resolved "$(uname -n)"
  [ -n "$(ip route show default; ip -6 route show default)" ] || sp_hinder packstack-no-gateway
  if [ "$(getenforce 2>/dev/null)" = Disabled ]; then sp_hinder packstack-selinux-disabled; fi
  if [ -n "$2" ] && [ ! -e "/sys/class/net/$2" ]; then sp_hinder packstack-no-interface "$2"; fi
  shift 2
  for sp_a; do
    timeout 20 ssh -n -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$sp_a" true >/dev/null 2>&1 || sp_hinder packstack-no-root-login "$sp_a"
  done
  return $sp_hs
}
sp_stack_notes() {
  sp_emit notice packstack-root-login
  if systemctl -q is-active NetworkManager; then sp_emit notice packstack-network-manager; fi
  grep -qs '^LANG="\\{0,1\\}en_' /etc/environment || sp_emit notice packstack-locale
  sp_memory=$(awk '$1 == "MemTotal:" { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo)
  if [ "$sp_memory" -lt 16 ]; then sp_emit notice packstack-memory "$sp_memory"; fi
}
sp_stack_url() { sed -n 's/^[ \\t]*export OS_AUTH_URL=//p' /root/keystonerc_admin | tr -d "\\"'"; }
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

/** Takes over what an earlier run left in the file: Packstack needs the passwords that it made up then. */
const kept = `{ line = $0; sub(/[ \\t]*[=:].*/, "", line) } BEGIN { n = split(keys, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1 } /^[A-Za-z]/ && !(toupper(line) in ours)`;

function hostsOf(cluster: Cluster): readonly string[] {
  return [
    ...new Set(
      cluster.nodes
        .filter(({ roles }) => roles.some((role) => ['controller', 'compute', 'network'].includes(role)))
        .map(({ address }) => (isIpv6(address) ? `[${address}]` : address)),
    ),
  ];
}

/** How many manifests it will apply: `_controller`, `_controller_post`, and one per network and compute host (PS puppet_950.py). */
function manifestsOf(answers: ReturnType<typeof answersOf>): number {
  const hosts = ['CONFIG_NETWORK_HOSTS', 'CONFIG_COMPUTE_HOSTS'].flatMap((name) => {
    const value = answers.find(({ key }) => key === name)?.value;
    return typeof value === 'string' ? value.split(',') : [];
  });
  return 2 + hosts.length;
}

function script(cluster: Cluster): DefinedScript {
  const { plain, secret, secrets, keys } = partsOf(cluster);
  const device = cluster.networks.provider?.interface ?? '';
  const shared = lines(
    serviceFunctions,
    functions,
    pickPackages(packages),
    sh`sp_plain=${plain}
sp_newline='
'
sp_digest=$(printf %s "$sp_plain" | cksum)`,
  );
  const hindered = (as: 'because' | 'notice') => sh`sp_hindered ${as} ${device} ${words(hostsOf(cluster))}`;
  return {
    check: sh`${shared}
sp_missing=0
sp_need_packages || { sp_rc=$?; [ "$sp_rc" = 1 ] || return "$sp_rc"; sp_missing=1; }
if [ ! -e ${record} ] || [ ! -e /root/keystonerc_admin ]; then sp_because packstack-not-run; sp_missing=1
elif [ "$(cat ${record})" != "$sp_digest" ]; then sp_because packstack-answers-new; sp_missing=1
elif ! sp_stack_answers; then sp_because service-silent keystone "$(sp_stack_url)"; sp_missing=1; fi
if [ "$sp_missing" = 1 ]; then ${hindered('because')} || :; fi
return $sp_missing`,
    apply: sh`${shared}
${hindered('notice')} || { printf '%s\\n' "Packstack is not begun: something is in its way"; return 1; }
sp_stack_notes
sp_install $sp_packages
packstack --version
sp_t=$(umask 077; mktemp /root/.stackprep.XXXXXX)
sp_stack_file() {
  echo '[general]'
  if [ -e ${file} ]; then awk -v keys=${keys} ${kept} ${file}; fi
  printf %s "$sp_plain"
  ${secret}
}
if ! sp_stack_file >"$sp_t"; then rm -f "$sp_t"; return 1; fi
mv -f "$sp_t" ${file}
printf 'answers: %s (mode 0600; it stays, for Packstack keeps its passwords there)\\n' ${file}
printf '%s\\n' "its own log: /var/tmp/packstack/latest/openstack-setup.log"
printf 'Packstack applies %s manifests: of the controller twice, of each network and compute host once\\n' ${String(manifestsOf(answersOf(cluster)))}
sp_o=$(mktemp)
{ sp_s=0; PYTHONUNBUFFERED=1 packstack --answer-file=${file} || sp_s=$?; echo "$sp_s" >"$sp_o"; } 2>&1 | tee "$sp_o.out"
sp_s=$(cat "$sp_o")
sed -n 's/.*Because of the kernel update the host \\([^ ]*\\) requires reboot.*/\\1/p' "$sp_o.out" | while read -r sp_h; do sp_emit notice packstack-reboot "$sp_h"; done
if [ "$sp_s" != 0 ]; then grep '^ERROR : ' "$sp_o.out" || :; fi
rm -f "$sp_o" "$sp_o.out"
if [ "$sp_s" != 0 ]; then return 1; fi
mkdir -p /var/lib/stackprep/ran
printf '%s\\n' "$sp_digest" >${record}`,
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
    'There is no way back: RDO itself says to install the system anew. Take a snapshot of every node before it.',
  ),
  drifts: true,
  nodes: (cluster) => {
    const node = packstackNode(cluster);
    return node ? [node.name] : [];
  },
  impliedBy: (cluster) => cluster.openstack.installer === 'packstack',
  script: ({ cluster }) => script(cluster),
};

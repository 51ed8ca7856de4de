import { msg } from '../base/l10n.ts';
import { addressValue } from '../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { openPorts } from '../cluster/ports.ts';
import { lines, type ShellText, sh, words } from '../shell/command.ts';
import type { DefinedScript, StepDefinition } from './definition.ts';

/** Where the cluster's own nodes call from: the management network, or each address where it is not described. */
function sources(cluster: Cluster): readonly string[] {
  const cidr = cluster.networks.management?.cidr;
  return cidr === undefined ? cluster.nodes.map((node) => node.address) : [cidr];
}

/** A rich rule as firewalld itself writes it, so that it is found again. */
function richRule(source: string, port: string): string {
  const [number, protocol] = port.split('/');
  const family = addressValue(source.replace(/\/\d+$/, ''))?.family === 6 ? 'ipv6' : 'ipv4';
  return `rule family="${family}" source address="${source}" port port="${number}" protocol="${protocol}" accept`;
}

// sshd's own ports, those of the file too: the link itself must stay open. An old sshd wants to be told of whom -T speaks.
const functions = sh`sp_ssh_ports() { sshd -T -C user=root,host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22 | awk '$1 == "port" { print $2 "/tcp" }'; }
sp_not_open() {
  printf '%s\\n' "$2" | tr ' ' '\\n' | awk -v wanted="$1" '
    function read_port(text, part, n) { n = split(text, part, "[-/]"); low = part[1] + 0; high = part[n - 1] + 0; kind = part[n] }
    NF { read_port($0); lows[NR] = low; highs[NR] = high; kinds[NR] = kind }
    END {
      n = split(wanted, list, " ")
      for (i = 1; i <= n; i++) {
        read_port(list[i]); open = 0
        for (k in lows) if (kinds[k] == kind && lows[k] <= low && highs[k] >= high) open = 1
        if (!open) print list[i]
      }
    }'
}`;

interface Wanted {
  readonly ports: readonly string[];
  readonly rules: readonly string[];
  readonly device: string;
}

function wantedOf(cluster: Cluster, node: ClusterNode): Wanted {
  const { everyone, nodes } = openPorts(cluster, node);
  const moved = Object.entries(cluster.sshd).flatMap(([key, value]) =>
    key.toLowerCase() === 'port' ? [`${value.trim()}/tcp`] : [],
  );
  return {
    ports: [...everyone, ...moved],
    rules: nodes.flatMap((port) => sources(cluster).map((source) => richRule(source, port))),
    device: cluster.networks.management?.interface ?? '',
  };
}

function zone(device: string): ShellText {
  return sh`sp_zone=
if systemctl -q is-active firewalld; then
  sp_zone=$(firewall-cmd --get-zone-of-interface=${device} 2>/dev/null) || sp_zone=$(firewall-cmd --get-default-zone)
else
  sp_zone=$(firewall-offline-cmd --get-zone-of-interface=${device} 2>/dev/null) || sp_zone=$(firewall-offline-cmd --get-default-zone)
fi`;
}

function ruleList(rules: readonly string[]): string {
  return rules.map((rule) => `${rule}\n`).join('');
}

function enabledScript(cluster: Cluster, node: ClusterNode): DefinedScript {
  const { ports, rules, device } = wantedOf(cluster, node);
  const prepare = lines(functions, zone(device), sh`sp_ports="$(sp_ssh_ports) "${ports.join(' ')}`);
  // Without knowing sshd's port, starting a firewall would be to gamble with the link.
  const portKnown = sh`if [ -z "$(sp_ssh_ports)" ]; then sp_because sshd-config-broken; return 2; fi`;
  const look = (permanent: ShellText, code: string): ShellText => sh`
sp_open=$(firewall-cmd ${permanent} --zone="$sp_zone" --list-ports)
for sp_port in $(sp_not_open "$sp_ports" "$sp_open"); do
  if [ "$sp_port" = 22/tcp ] && firewall-cmd -q ${permanent} --zone="$sp_zone" --query-service=ssh; then continue; fi
  sp_because ${code} "$sp_port" "$sp_zone"; sp_missing=1
done
sp_rules=$(firewall-cmd ${permanent} --zone="$sp_zone" --list-rich-rules)
sp_closed=$(printf %s ${ruleList(rules)} | grep -vxF "$sp_rules" | sed 's/.*port port="\\([^"]*\\)" protocol="\\([^"]*\\)".*/\\1\\/\\2/' | sort -u | tr '\\n' ' ')
if [ -n "$sp_closed" ]; then sp_because ${code} "$sp_closed" "$sp_zone"; sp_missing=1; fi`;
  // firewall-cmd takes ports and rules one kind at a time.
  const add =
    rules.length === 0
      ? sh``
      : sh`"$@" --zone="$sp_zone" ${words(rules.map((rule) => `--add-rich-rule=${rule}`))}`;
  const open = sh`sp_open() {
  "$@" --zone="$sp_zone" $sp_adds ${words(ports.map((port) => `--add-port=${port}`))}
  ${add}
}`;
  return {
    check: sh`sp_need_package firewalld || return 1
sp_missing=0
sp_need_unit firewalld enabled || sp_missing=1
${functions}
${portKnown}
if ! systemctl -q is-active firewalld; then return 1; fi
${prepare}
${look(sh`--permanent`, 'port-closed-at-boot')}
${look(sh``, 'port-closed')}
return $sp_missing`,
    apply: sh`sp_keep_anew firewalld
sp_keep_unit firewalld firewalld
sp_installed firewalld || sp_yum -y install firewalld
${prepare}
${open}
sp_keep firewalld "/etc/firewalld/zones/$sp_zone.xml"
sp_adds=
for sp_port in $(sp_ssh_ports); do sp_adds="$sp_adds --add-port=$sp_port"; done
if systemctl -q is-active firewalld; then
  sp_open firewall-cmd --permanent
  sp_open firewall-cmd
else
  sp_open firewall-offline-cmd
fi
systemctl enable firewalld
systemctl start firewalld
# It has its name on the bus before its rules are in force; only then it answers.
firewall-cmd --state`,
    rollback: putBack('last'),
    revert: putBack('first'),
    intent: {
      packages: [{ 7: 'firewalld', 8: 'firewalld', 9: 'firewalld' }],
      services: { firewalld: 'enabled' },
    },
  };
}

function putBack(which: 'first' | 'last'): ShellText {
  return sh`sp_try sp_put_back ${which} firewalld
sp_try sp_put_back_units ${which} firewalld
if systemctl -q is-active firewalld; then sp_try firewall-cmd --reload; fi
sp_tried`;
}

const disabledScript: DefinedScript = {
  check: sh`if ! sp_has_unit firewalld; then return 0; fi
sp_need_unit firewalld disabled`,
  apply: sh`sp_keep_anew firewalld
sp_keep_unit firewalld firewalld
systemctl stop firewalld
systemctl disable firewalld`,
  revert: sh`sp_put_back_units first firewalld`,
  intent: { services: { firewalld: 'disabled' } },
};

export const firewalld: StepDefinition = {
  id: 'firewalld',
  title: msg('Firewall (firewalld)'),
  what: msg(
    'Disabled: stops firewalld and keeps it off. Enabled: runs it, with the ports of SSH, of the APIs, and between the nodes those of the services open, now and at every start.',
  ),
  why: msg(
    'A restrictive firewall is on by default, and the services cannot reach one another; Packstack brings rules of its own and wants firewalld off.',
  ),
  undo: msg('Revert gives back the zone file and the state of the service; ports that others opened stay.'),
  drifts: true,
  impliedBy: (cluster) => cluster.system.firewalld !== undefined,
  script: ({ cluster, node }) =>
    cluster.system.firewalld === 'enabled' ? enabledScript(cluster, node) : disabledScript,
};

import { msg } from '../base/l10n.ts';
import { parseCidr } from '../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { answerValues, neededInterfaces } from '../packstack/hosts.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';
import { networkFunctions, networkState } from './network.ts';

/** What the file says of the node's interfaces. */
interface Interfaces {
  readonly management?: { readonly device: string; readonly address: string; readonly prefix: number };
  readonly provider?: string;
  /** Interfaces of further networks: to be there, no more is known of them. */
  readonly others: readonly string[];
}

/** Whether the node is to have the provider interface: with Packstack only the hosts whose bridges it joins. */
function hasProvider(cluster: Cluster, { name, address }: ClusterNode): boolean {
  if (cluster.openstack.installer !== 'packstack') return true;
  const device = cluster.networks.provider?.interface;
  return neededInterfaces(answerValues(cluster)).some(
    (each) => each.device === device && (each.host === address || each.host === name),
  );
}

function interfacesOf(cluster: Cluster, node: ClusterNode): Interfaces {
  const { management, provider, ...rest } = cluster.networks;
  const range = management?.cidr === undefined ? undefined : parseCidr(management.cidr);
  const device = management?.interface;
  const others = Object.values(rest).flatMap((network) => network.interface ?? []);
  const isIn = (address: string) => /^\d+(\.\d+){3}$/.test(address) && range?.family === 4;
  return {
    ...(device !== undefined && range && isIn(node.address)
      ? { management: { device, address: node.address, prefix: range.prefix } }
      : {}),
    ...(provider?.interface !== undefined && hasProvider(cluster, node)
      ? { provider: provider.interface }
      : {}),
    others: device !== undefined && !range ? [device, ...others] : others,
  };
}

/**
 * Who keeps the interfaces is decided on the node: ifcfg files on EL7, and on EL8 where the network service is to take over;
 * NetworkManager elsewhere. `sp_kept_by_file` and `sp_kept_by_nm` say whether an interface comes up as wanted.
 */
function functions(cluster: Cluster, node: ClusterNode): ShellText {
  const without = cluster.system['network-manager'] === 'disabled' ? 'yes' : 'no';
  return sh`${networkFunctions(node)}
case $sp_el:${without} in 7:*|8:yes) sp_keeper=files;; *) sp_keeper=manager;; esac
sp_nm_runs() { systemctl -q is-active NetworkManager; }
sp_connection() { nmcli -g GENERAL.CONNECTION device show "$1" 2>/dev/null; }
sp_nm() { nmcli -g "$2" connection show "$1" 2>/dev/null; }
sp_has_address() { ip -o addr show dev "$1" | grep -qF " $2/$3 "; }
sp_has_any() { ip -o addr show dev "$1" scope global | grep -q .; }
sp_is_up() { ip -o link show dev "$1" up | grep -q .; }
sp_prefix_of() {
  sp_n=$(sp_ifcfg "$1" PREFIX)$(sp_ifcfg "$1" PREFIX0)
  if [ -z "$sp_n" ]; then sp_n=$(sp_ifcfg "$1" NETMASK | awk -F . '{ n = 0; for (i = 1; i <= NF; i++) for (b = $i; b > 0; b = int(b / 2)) n += b % 2; print n }'); fi
  printf '%s\\n' "$sp_n"
}
sp_gateway_of() { ip route show default | awk -v device="$1" '{ via = dev = ""; for (i = 1; i < NF; i++) { if ($i == "via") via = $(i + 1); if ($i == "dev") dev = $(i + 1) } } dev == device && via != "" { print via; exit }'; }
sp_way_out() {
  sp_file=$(sp_ifcfg_file "$1"); sp_gateway=$(sp_gateway_of "$1")
  if [ -n "$sp_gateway" ] && [ -z "$(sp_ifcfg "$sp_file" GATEWAY)" ]; then printf 'GATEWAY=%s\n' "$sp_gateway"; fi
  if [ -z "$(sp_ifcfg "$sp_file" DNS1)" ] && [ -r /etc/resolv.conf ]; then awk '$1 == "nameserver" && $2 !~ /^127\./ { print "DNS" ++n "=" $2 }' /etc/resolv.conf; fi
}
sp_nm_lists() { sp_nm "$1" ipv4.addresses | awk -v wanted="$2" '{ n = split($0, each, "[, |]+"); for (i = 1; i <= n; i++) if (each[i] == wanted) found = 1 } END { exit !found }'; }
sp_management_kept() {
  if [ $sp_keeper = files ]; then
    sp_file=$(sp_ifcfg_file "$1")
    [ -e "$sp_file" ] && sp_ifcfg_on "$sp_file" || return 1
    case $(sp_ifcfg "$sp_file" BOOTPROTO) in dhcp|bootp) sp_has_address "$@"; return;; esac
    [ "$(sp_ifcfg "$sp_file" IPADDR)$(sp_ifcfg "$sp_file" IPADDR0)/$(sp_prefix_of "$sp_file")" = "$2/$3" ]
  else
    sp_con=$(sp_connection "$1")
    [ -n "$sp_con" ] && [ "$(sp_nm "$sp_con" connection.autoconnect)" = yes ] || return 1
    if [ "$(sp_nm "$sp_con" ipv4.method)" = auto ]; then sp_has_address "$@"; return; fi
    sp_nm_lists "$sp_con" "$2/$3"
  fi
}
sp_provider_kept() {
  if [ $sp_keeper = files ]; then
    sp_file=$(sp_ifcfg_file "$1")
    [ -e "$sp_file" ] && sp_ifcfg_on "$sp_file" || return 1
    case $(sp_ifcfg "$sp_file" BOOTPROTO) in none|static|'') ;; *) return 1;; esac
    [ -z "$(sp_ifcfg "$sp_file" IPADDR)$(sp_ifcfg "$sp_file" IPADDR0)" ]
  else
    sp_con=$(sp_connection "$1")
    [ -n "$sp_con" ] && [ "$(sp_nm "$sp_con" connection.autoconnect)" = yes ] && [ "$(sp_nm "$sp_con" ipv4.method)" = disabled ]
  fi
}
sp_keep_interface() {
  sp_keep network-interfaces "$(sp_ifcfg_file "$1")"
  if sp_nm_runs; then
    sp_con=$(sp_connection "$1")
    # What nmcli is about to add goes again when this is put back.
    if [ -z "$sp_con" ]; then sp_keep network-interfaces "/etc/NetworkManager/system-connections/$1.nmconnection"; fi
    nmcli -t -f NAME,FILENAME connection show | awk -v name="$sp_con:" 'index($0, name) == 1 { print substr($0, length(name) + 1) }' | while read -r sp_place; do
      case $sp_place in /etc/*) sp_keep network-interfaces "$sp_place";; esac
    done
  fi
}
sp_write_ifcfg() {
  sp_file=$(sp_ifcfg_file "$1"); sp_new=$2
  sp_text=$( { if [ -e "$sp_file" ]; then grep -vE '^[ 	]*(ONBOOT|BOOTPROTO|IPADDR0?|PREFIX0?|NETMASK0?|DEVICE)=' "$sp_file" || :; else printf 'TYPE=Ethernet\\nNAME=%s\\n' "$1"; fi; printf 'DEVICE=%s\\nONBOOT=yes\\nBOOTPROTO=none\\n%s' "$1" "$sp_new"; printf x; } )
  sp_put_file "$sp_file" "\${sp_text%x}"
  if sp_nm_runs; then nmcli connection load "$sp_file" || :; fi
}`;
}

function present(device: string): ShellText {
  return sh`if [ ! -e /sys/class/net/${device} ]; then sp_because interface-missing ${device}; return 2; fi`;
}

function checkManagement({ device, address, prefix }: NonNullable<Interfaces['management']>): ShellText {
  return sh`${present(device)}
sp_now=$(sp_device_of ${address})
if [ -n "$sp_now" ] && [ "$sp_now" != ${device} ]; then sp_because address-elsewhere ${address} "$sp_now" ${device}; return 2; fi
sp_has_address ${device} ${address} ${prefix} || { sp_because address-missing ${device} ${`${address}/${prefix}`}; sp_missing=1; }
sp_management_kept ${device} ${address} ${prefix} || { sp_because interface-not-kept ${device}; sp_missing=1; }`;
}

function checkProvider(device: string): ShellText {
  return sh`${present(device)}
if sp_carriers | grep -qxF ${device}; then sp_because interface-carries-link ${device}; return 2; fi
sp_is_up ${device} || { sp_because interface-down ${device}; sp_missing=1; }
if sp_has_any ${device}; then sp_because interface-has-address ${device}; sp_missing=1; fi
sp_provider_kept ${device} || { sp_because interface-not-kept ${device}; sp_missing=1; }`;
}

// The address is added beside what is there: nothing that works is taken away.
function bringManagement({ device, address, prefix }: NonNullable<Interfaces['management']>): ShellText {
  const full = `${address}/${prefix}`;
  return sh`sp_keep_interface ${device}
if ! sp_management_kept ${device} ${address} ${prefix}; then
  if [ $sp_keeper = files ]; then
    sp_lines=$(printf 'IPADDR=%s\nPREFIX=%s\n' ${address} ${prefix}; sp_way_out ${device})
    sp_write_ifcfg ${device} "$sp_lines
"
  else
    sp_con=$(sp_connection ${device})
    sp_gateway=$(sp_gateway_of ${device})
    if [ -z "$sp_con" ]; then nmcli connection add type ethernet con-name ${device} ifname ${device} autoconnect yes ipv4.method manual ipv4.addresses ${full} ipv4.gateway "$sp_gateway"
    elif [ "$(sp_nm "$sp_con" ipv4.method)" = manual ]; then
      nmcli connection modify "$sp_con" connection.autoconnect yes
      sp_nm_lists "$sp_con" ${full} || nmcli connection modify "$sp_con" +ipv4.addresses ${full}
    else nmcli connection modify "$sp_con" connection.autoconnect yes ipv4.method manual ipv4.addresses ${full} ipv4.gateway "$sp_gateway"; fi
  fi
fi
if ! sp_has_address ${device} ${address} ${prefix}; then ip link set ${device} up; ip addr add ${full} dev ${device}; fi`;
}

function bringProvider(device: string): ShellText {
  return sh`sp_keep_interface ${device}
if ! sp_provider_kept ${device}; then
  if [ $sp_keeper = files ]; then sp_write_ifcfg ${device} ''
  else
    sp_con=$(sp_connection ${device})
    if [ -n "$sp_con" ]; then nmcli connection modify "$sp_con" connection.autoconnect yes ipv4.method disabled ipv4.addresses '' ipv4.gateway ''
    else nmcli connection add type ethernet con-name ${device} ifname ${device} autoconnect yes ipv4.method disabled ipv6.method link-local; sp_con=${device}; fi
    nmcli connection up "$sp_con"
  fi
fi
if sp_has_any ${device}; then ip addr flush dev ${device} scope global; fi
ip link set ${device} up`;
}

function putBack(which: 'first' | 'last'): ShellText {
  return sh`${networkState}
sp_try sp_put_back ${which} network-interfaces
if systemctl -q is-active NetworkManager; then sp_try nmcli connection reload; sp_try systemctl restart NetworkManager; fi
if systemctl -q is-active network; then sp_try systemctl restart network; fi
${which === 'last' ? sh`sp_put_back_net network-interfaces` : sh``}
sp_tried`;
}

export const networkInterfaces: StepDefinition = {
  id: 'network-interfaces',
  title: msg('Network interfaces'),
  what: msg(
    'Sees that the management interface has the node’s address and keeps it at the next start, and that the provider interface is up without an address; by ifcfg file or NetworkManager, whichever the node goes by.',
  ),
  why: msg(
    'Neutron takes the provider interface for its bridge, and an address on it is lost then; an interface without a file of its own is gone after the next start.',
  ),
  undo: msg('Revert puts the former ifcfg files and connections back and brings them up.'),
  drifts: true,
  impliedBy: () => false,
  script: ({ cluster, node }) => {
    const { management, provider, others } = interfacesOf(cluster, node);
    const shared = functions(cluster, node);
    return {
      check: lines(
        shared,
        sh`sp_missing=0
if [ $sp_keeper = manager ] && ! sp_nm_runs; then sp_because service-not-running NetworkManager; return 2; fi`,
        ...others.map(present),
        ...(management ? [checkManagement(management)] : []),
        ...(provider === undefined ? [] : [checkProvider(provider)]),
        sh`return $sp_missing`,
      ),
      apply: lines(
        shared,
        networkState,
        sh`sp_keep_anew network-interfaces
sp_keep_net network-interfaces`,
        ...(management ? [bringManagement(management)] : []),
        ...(provider === undefined ? [] : [bringProvider(provider)]),
      ),
      rollback: putBack('last'),
      revert: putBack('first'),
      intent: {},
    };
  },
};

// Generated from network.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const networkSh: ShellFile<never> = {
  path: 'shell/network.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Functions of the network steps.

# sp_device_of ADDRESS: prints the interface with the address, or nothing.
sp_device_of() { [ -z "$1" ] || ip -o addr show to "$1" | awk '{ sub(/@.*/, "", $2); print $2; exit }'; }

# sp_used_devices ADDRESS: prints the interfaces of the node's address, its default route and the SSH connection; each must keep a
# service that configures it.
sp_used_devices() {
  {
    sp_device_of "$1"
    ip route show default | awk '{ for (i = 1; i < NF; i++) if ($i == "dev") print $(i + 1) }'
    # shellcheck disable=SC2086 # its four words
    set -- \${SSH_CONNECTION:-}
    if [ $# = 4 ]; then sp_device_of "$3"; fi
  } | sort -u
}

# sp_ifcfg_file DEVICE: prints the path of its ifcfg file, existing or not.
sp_ifcfg_file() {
  for sp_f in "/etc/sysconfig/network-scripts/ifcfg-$1" /etc/sysconfig/network-scripts/ifcfg-*; do
    case $sp_f in *~ | *.bak | *.orig | *.rpmnew | *.rpmorig | *.rpmsave) continue ;; esac
    if [ -f "$sp_f" ] && { [ "$sp_f" = "/etc/sysconfig/network-scripts/ifcfg-$1" ] || [ "$(sp_ifcfg "$sp_f" DEVICE)" = "$1" ]; }; then
      printf '%s\\n' "$sp_f"
      return
    fi
  done
  printf '%s\\n' "/etc/sysconfig/network-scripts/ifcfg-$1"
}

# sp_ifcfg FILE KEY: prints the value as the initscripts read it.
sp_ifcfg() { [ ! -e "$1" ] || sp_env_value "$1" "$2"; }
# sp_ifcfg_on FILE: returns 0 if the file activates its interface at boot, as it does without ONBOOT (/etc/init.d/network).
sp_ifcfg_on() { case $(sp_ifcfg "$1" ONBOOT) in [Nn]* | [Ff]* | 0) return 1 ;; esac }
# sp_ifcfg_addresses FILE: prints ADDRESS/PREFIX of IPADDR, IPADDR0, IPADDR1 and so on; without a prefix, ADDRESS/.
sp_ifcfg_addresses() {
  for sp_index in '' 0 1 2 3 4 5 6 7 8 9; do
    sp_address=$(sp_ifcfg "$1" "IPADDR$sp_index")
    [ -n "$sp_address" ] || continue
    sp_prefix=$(sp_ifcfg "$1" "PREFIX$sp_index")
    if [ -z "$sp_prefix" ]; then
      sp_prefix=$(sp_ifcfg "$1" "NETMASK$sp_index" | awk -F . '{ n = 0; for (i = 1; i <= NF; i++) for (b = $i; b > 0; b = int(b / 2)) n += b % 2; print n }')
    fi
    printf '%s/%s\\n' "$sp_address" "$sp_prefix"
  done
}

# sp_ifcfg_keeps DEVICE: returns 0 if an ifcfg file gives the interface its current address at boot.
sp_ifcfg_keeps() {
  sp_file=$(sp_ifcfg_file "$1")
  if [ ! -e "$sp_file" ] || ! sp_ifcfg_on "$sp_file"; then return 1; fi
  case $(sp_ifcfg "$sp_file" BOOTPROTO) in dhcp | bootp) return 0 ;; esac
  for sp_fixed in $(sp_ifcfg_addresses "$sp_file"); do
    if ip -o addr show dev "$1" | grep -qF " \${sp_fixed%/*}/"; then return 0; fi
  done
  return 1
}

# sp_need_ifcfg ADDRESS: returns 2 with a reason if one of sp_used_devices has no such ifcfg file.
sp_need_ifcfg() {
  for sp_device in $(sp_used_devices "$1"); do
    if ! sp_ifcfg_keeps "$sp_device"; then
      sp_because no-ifcfg "$sp_device" "$(sp_ifcfg_file "$sp_device")"
      return 2
    fi
  done
}

# sp_has_address ADDRESS: returns 0 if an interface has the address.
sp_has_address() { [ -n "$(sp_device_of "$1")" ]; }

# Returns 2 with a reason if there is no network service: EL7 has it, EL8 has a package, EL9 has neither.
sp_need_network_service() {
  case $sp_el in
    7 | 8) ;;
    *)
      sp_because network-manager-only "\${sp_os_id:-?} \${sp_os_version:-?}"
      return 2
      ;;
  esac
}

# Installs the network service if it is a separate package.
sp_install_network_service() {
  if [ "$sp_el" = 8 ] && ! sp_installed network-scripts; then sp_yum -y install network-scripts; fi
}

# Prints \`DEVICE ADDRESS/PREFIX\` for each address that was not assigned by the kernel, sorted.
sp_addresses() { ip -o addr show scope global | awk '$3 ~ /^inet6?$/ && !/ (temporary|mngtmpaddr) / { print $2, $4 }' | sort; }

# Prints the IPv4 routes that were not added by the kernel, sorted.
sp_routes() { ip -o -4 route show | awk '!/ proto (kernel|ra) / && !/nexthop/ { gsub(/ (linkdown|dead|pervasive)/, ""); print }' | sort; }

# Prints the interfaces that are up.
sp_devices_up() { ip -o link show up | awk '{ sub(/[@:].*/, "", $2); print $2 }'; }

# Saves addresses, routes and active interfaces, next to the files of sp_backup.
sp_backup_net() {
  sp_k=$sp_backups/last/$STEP_ID/net
  mkdir -p "$sp_k"
  sp_addresses >"$sp_k/addresses"
  sp_routes >"$sp_k/routes"
  sp_devices_up >"$sp_k/up"
  cat /proc/sys/kernel/random/boot_id >"$sp_k/boot"
}

# Restores what sp_backup_net saved in the kernel, which disabling a unit does not revert. After a reboot it does nothing: the
# kernel has its state from the files.
sp_restore_net() {
  sp_k=$sp_backups/last/$STEP_ID/net
  if [ ! -e "$sp_k/boot" ] || [ "$(cat "$sp_k/boot")" != "$(cat /proc/sys/kernel/random/boot_id)" ]; then return 0; fi
  while read -r sp_device; do sp_try ip link set "$sp_device" up; done <"$sp_k/up"
  sp_now=$(sp_addresses)
  while read -r sp_device sp_address; do
    if ! printf '%s\\n' "$sp_now" | grep -qxF "$sp_device $sp_address"; then sp_try ip addr add "$sp_address" brd + dev "$sp_device"; fi
  done <"$sp_k/addresses"
  while read -r sp_device sp_address; do
    if [ -n "$sp_device" ] && ! grep -qxF "$sp_device $sp_address" "$sp_k/addresses"; then sp_try ip addr del "$sp_address" dev "$sp_device"; fi
  done <<SP_NOW
$sp_now
SP_NOW
  sp_now=$(sp_routes)
  while read -r sp_route; do
    # shellcheck disable=SC2086 # the words of a route
    if [ -n "$sp_route" ] && ! grep -qxF "$sp_route" "$sp_k/routes"; then sp_try ip route del $sp_route; fi
  done <<SP_NOW
$sp_now
SP_NOW
  # shellcheck disable=SC2086 # the words of a route
  while read -r sp_route; do sp_try ip route replace $sp_route; done <"$sp_k/routes"
}
`,
};

# shellcheck shell=sh
# Files of network interfaces, and interfaces that only the node can name. Uses shell/keyfile.sh.

# sp_link_by mac|driver VALUE: prints the interface with the MAC address, or the first one with the driver; hardware before what is
# built on it, which may have its address.
sp_link_by() {
  for sp_hardware in 1 ''; do
    for sp_net in /sys/class/net/*; do
      if [ -n "$sp_hardware" ] && [ ! -e "$sp_net/device" ]; then continue; fi
      case $1 in
        mac) sp_has=$(cat "$sp_net/address" 2>/dev/null) || continue ;;
        *) sp_has=$(basename "$(readlink "$sp_net/device/driver" 2>/dev/null)") ;;
      esac
      if [ "$sp_has" = "$2" ]; then
        printf '%s\n' "${sp_net##*/}"
        return
      fi
    done
  done
  return 1
}

# sp_links_named TEXT LINKS: sets sp_named to the text with the interfaces of LINKS, lines `@N@ mac|driver VALUE`, by their names;
# returns 2 with a reason if the node has no such interface.
sp_links_named() {
  sp_named=$1
  while read -r sp_mark sp_how sp_value; do
    [ -n "$sp_mark" ] || continue
    if ! sp_device=$(sp_link_by "$sp_how" "$sp_value"); then
      sp_because interface-missing "$sp_how $sp_value"
      return 2
    fi
    sp_named=$(printf '%s' "$sp_named" | sed "s/$sp_mark/$sp_device/g" && printf x)
    sp_named=${sp_named%x}
  done <<SP_LINKS
$2
SP_LINKS
}

# sp_links_each FUNCTION FILES: calls FUNCTION PATH TEXT for each file of FILES: a line `file PATH`, then its lines after a `|`.
sp_links_each() {
  sp_path=
  while IFS= read -r sp_line; do
    case $sp_line in
      '|'*)
        sp_lines="$sp_lines${sp_line#|}
"
        ;;
      'file '*)
        if [ -n "$sp_path" ]; then "$1" "$sp_path" "$sp_lines"; fi
        sp_path=${sp_line#file }
        sp_lines=
        ;;
    esac
  done <<SP_FILES
$2
SP_FILES
  if [ -n "$sp_path" ]; then "$1" "$sp_path" "$sp_lines"; fi
}

# sp_link_is DEVICE WHAT VALUE: returns 0 if the interface is `up`, has the `address`, or has the `mtu` now, or is `free` of the
# address VALUE, the default route and the SSH connection.
sp_link_is() {
  case $2 in
    up) ip -o link show dev "$1" up 2>/dev/null | grep -q . ;;
    address) ip -o addr show dev "$1" 2>/dev/null | grep -qF " $3 " ;;
    mtu) [ "$(cat "/sys/class/net/$1/mtu" 2>/dev/null)" = "$3" ] ;;
    *) ! sp_used_devices "$3" | grep -qxF "$1" ;;
  esac
}

# sp_links_set FILES WANTED LINKS NAMES: sets what the other functions work on, with the interfaces of NAMES by their names: files as
# sp_links_each reads them, lines as sp_link_is takes them or `DEVICE hardware`, and interfaces to activate.
sp_links_set() {
  sp_links_named "$1" "$4" || return 2
  sp_link_files=$sp_named
  sp_links_named "$2" "$4" || return 2
  sp_link_state=$sp_named
  sp_links_named "$3" "$4" || return 2
  sp_link_devices=$sp_named
}

# sp_link_need FILE TEXT
sp_link_need() { case $1 in *.nmconnection) sp_need_keyfile "$1" "$2" ;; *) sp_need_file "$1" "$2" ;; esac || sp_links_missing=1; }

# Returns 2 with a reason if the links must not be changed; sets sp_links_missing if they or their files differ.
sp_links_check() {
  sp_links_missing=
  while read -r sp_device sp_what sp_value; do
    if [ "$sp_what" = hardware ]; then
      [ ! -e "/sys/class/net/$sp_device" ] || continue
      sp_because interface-missing "$sp_device"
      return 2
    fi
    if sp_link_is "$sp_device" "$sp_what" "$sp_value"; then continue; fi
    sp_links_missing=1
    case $sp_what in
      free)
        sp_because interface-in-use "$sp_device"
        return 2
        ;;
      address) sp_because address-missing "$sp_device" "$sp_value" ;;
      mtu) sp_because mtu-differs "$sp_device" "$sp_value" ;;
      *) sp_because interface-down "$sp_device" ;;
    esac
  done <<SP_STATE
$sp_link_state
SP_STATE
  sp_links_each sp_link_need "$sp_link_files"
}

# sp_link_backup FILE TEXT
sp_link_backup() { sp_backup "$1"; }
# sp_link_put FILE TEXT
sp_link_put() { case $1 in *.nmconnection) sp_put_keyfile "$1" "$2" ;; *) sp_put_file "$1" "$2" ;; esac }
# sp_link_load FILE TEXT
sp_link_load() { nmcli connection load "$1"; }

# sp_links_apply service|manager: writes the files and activates the links, masters before their ports.
sp_links_apply() {
  sp_links_each sp_link_backup "$sp_link_files"
  sp_links_each sp_link_put "$sp_link_files"
  if [ "$1" = manager ]; then sp_links_each sp_link_load "$sp_link_files"; fi
  for sp_link in $sp_link_devices; do
    if [ "$1" = manager ]; then nmcli connection up "stackprep-$sp_link"; else
      ifdown "$sp_link" || :
      ifup "$sp_link"
    fi
  done
}

# sp_nm_connection DEVICE: prints the name of its NetworkManager connection, or nothing; its uuid if the name is not unique or has
# characters that nmcli does not print in this locale. A connection that is not active belongs to the interface that it names.
sp_nm_connection() {
  sp_nm_name=$(nmcli -e no -g GENERAL.CONNECTION device show "$1" 2>/dev/null)
  sp_nm_uuid=$(nmcli -g GENERAL.CON-UUID device show "$1" 2>/dev/null)
  if [ -z "$sp_nm_name" ]; then
    sp_nm_uuid=$(nmcli -g UUID connection show 2>/dev/null | while read -r sp_nm_each; do
      if [ "$(sp_nm_property "$sp_nm_each" connection.interface-name)" = "$1" ]; then
        printf '%s\n' "$sp_nm_each"
        break
      fi
    done)
    [ -n "$sp_nm_uuid" ] || return 0
    sp_nm_name=$(nmcli -e no -g connection.id connection show "$sp_nm_uuid" 2>/dev/null)
  fi
  case $sp_nm_name in
    *[!A-Za-z0-9\ ._-]*) ;;
    *) if [ "$(nmcli -e no -g NAME connection show 2>/dev/null | grep -cxF -e "$sp_nm_name")" -le 1 ]; then sp_nm_uuid=; fi ;;
  esac
  printf '%s\n' "${sp_nm_uuid:-$sp_nm_name}"
}

# sp_nm_file CONNECTION: prints the path of its file, or nothing.
sp_nm_file() {
  for sp_nm_field in NAME UUID; do
    LC_ALL=C.UTF-8 nmcli -e no -t -f "$sp_nm_field,FILENAME" connection show | CONNECTION=$1: awk '
      index($0, ENVIRON["CONNECTION"]) == 1 { print substr($0, length(ENVIRON["CONNECTION"]) + 1) }'
  done
}

# sp_nm_property CONNECTION PROPERTY: prints the value.
sp_nm_property() { nmcli -g "$2" connection show "$1" 2>/dev/null; }

# sp_gateway_of DEVICE: prints the gateway of its default route, or nothing.
sp_gateway_of() {
  ip route show default | awk -v device="$1" '
    { via = dev = ""; for (i = 1; i < NF; i++) { if ($i == "via") via = $(i + 1); if ($i == "dev") dev = $(i + 1) } }
    dev == device && via != "" { print via; exit }'
}

# sp_ifcfg_address_keys FILE: prints the keys of an ifcfg file that give its interface an address.
sp_ifcfg_address_keys() {
  sp_env 'function done(  i) { for (i = 1; i <= N; i++) if (K[i] ~ /^(IPADDR|PREFIX|NETMASK|GATEWAY)[0-9]*$|^(IPV6ADDR|IPV6ADDR_SECONDARIES|DHCPV6C|IPV6_DEFAULTGW)$/ && !(K[i] == "DHCPV6C" && tolower(V[i]) ~ /^n/)) printf "%s ", K[i] }' "$1"
}

# sp_need_link DEVICE: returns 2 with a reason if there is no such interface.
sp_need_link() {
  if [ -e "/sys/class/net/$1" ]; then return 0; fi
  sp_because interface-missing "$1"
  return 2
}

# shellcheck shell=sh
# The management and the provider interface, and the links of the other networks. Uses shell/network.sh and shell/links.sh.
# param network_interfaces_address: the node's address
# param network_interfaces_management: the interface of the address, or nothing
# param network_interfaces_prefix: the prefix length of its network, or nothing
# param network_interfaces_provider: the interface to bring up without an address, or nothing
# param network_interfaces_others: other interfaces that must exist, separated by blanks
# param network_interfaces_ifcfg: the links' files for the network service, as sp_links_each reads them
# param network_interfaces_keyfiles: the same for NetworkManager
# param network_interfaces_devices: the interfaces that only the node can name, as sp_links_named reads them
# param network_interfaces_wanted: what holds then, lines as sp_link_is takes them
# param network_interfaces_links: the links to activate, separated by blanks
# param network_interfaces_manager: `disabled` if the cluster file disables NetworkManager

# Returns 0 if ifcfg files configure the interfaces: on EL7, and on EL8 if the network service takes over; otherwise
# NetworkManager does.
network_interfaces_by_files() { case $sp_el:$network_interfaces_manager in 7:* | 8:disabled) return 0 ;; *) return 1 ;; esac }

# Returns 0 if NetworkManager is running.
network_interfaces_manager_runs() { systemctl -q is-active NetworkManager; }

# Returns 0 if the management interface has the node's address and prefix now.
network_interfaces_has_address() {
  ip -o addr show dev "$network_interfaces_management" | grep -qF " $network_interfaces_address/$network_interfaces_prefix "
}

# Returns 0 if the provider interface has an address now.
network_interfaces_provider_has_any() { ip -o addr show dev "$network_interfaces_provider" scope global | grep -q .; }

# Returns 0 if the provider interface is up now.
network_interfaces_provider_is_up() { ip -o link show dev "$network_interfaces_provider" up | grep -q .; }

# network_interfaces_lists CONNECTION: returns 0 if the connection has the node's address and prefix.
network_interfaces_lists() {
  sp_nm_property "$1" ipv4.addresses | awk -v wanted="$network_interfaces_address/$network_interfaces_prefix" '
    { n = split($0, each, "[, |]+"); for (i = 1; i <= n; i++) if (each[i] == wanted) found = 1 }
    END { exit !found }'
}

# network_interfaces_in_file FILE: returns 0 if an ifcfg file has the node's address and prefix.
network_interfaces_in_file() { sp_ifcfg_addresses "$1" | grep -qxF "$network_interfaces_address/$network_interfaces_prefix"; }

# network_interfaces_render_address FILE: prints the lines that give the management interface the node's address at boot, with the
# current gateway and DNS servers if FILE has none.
network_interfaces_render_address() {
  network_interfaces_in_file "$1" || printf 'IPADDR=%s\nPREFIX=%s\n' "$network_interfaces_address" "$network_interfaces_prefix"
  network_interfaces_gateway=$(sp_gateway_of "$network_interfaces_management")
  if [ -n "$network_interfaces_gateway" ] && [ -z "$(sp_ifcfg "$1" GATEWAY)" ]; then printf 'GATEWAY=%s\n' "$network_interfaces_gateway"; fi
  if [ -z "$(sp_ifcfg "$1" DNS1)" ] && [ -r /etc/resolv.conf ]; then
    # A resolver on the node itself does not belong in the file.
    awk '$1 == "nameserver" && $2 !~ /^127\./ { print "DNS" ++n "=" $2 }' /etc/resolv.conf
  fi
}

# network_interfaces_render_ifcfg FILE DEVICE [address]: prints the wanted ifcfg file, then an x; other settings stay. Lines that the
# wanted ones replace are commented out or edited in their place.
network_interfaces_render_ifcfg() {
  network_interfaces_new=$(mktemp) || return 1
  if [ -e "$1" ]; then
    network_interfaces_drop=
    if [ -z "${3:-}" ]; then
      network_interfaces_drop=$(sp_ifcfg_address_keys "$1")
    elif ! network_interfaces_in_file "$1"; then network_interfaces_drop='PREFIX0 IPADDR0 NETMASK NETMASK0'; fi
    network_interfaces_text=$(sp_env_without "$1" "$network_interfaces_drop")
    printf %s "${network_interfaces_text%x}" >"$network_interfaces_new"
  else printf 'TYPE=Ethernet\nNAME=%s\n' "$2" >"$network_interfaces_new"; fi
  {
    printf 'DEVICE=%s\n' "$2"
    if [ -z "$(sp_ifcfg "$network_interfaces_new" ONBOOT)" ] || ! sp_ifcfg_on "$network_interfaces_new"; then echo ONBOOT=yes; fi
    case $(sp_ifcfg "$network_interfaces_new" BOOTPROTO) in none | static) ;; *) echo BOOTPROTO=none ;; esac
    if [ -n "${3:-}" ]; then network_interfaces_render_address "$1"; fi
  } | while IFS='=' read -r network_interfaces_key network_interfaces_value; do
    sp_has_line "$network_interfaces_new" "$network_interfaces_key" "$network_interfaces_value" && continue
    network_interfaces_text=$(sp_env_with "$network_interfaces_new" "$network_interfaces_key" "$network_interfaces_value")
    printf %s "${network_interfaces_text%x}" >"$network_interfaces_new"
  done
  cat "$network_interfaces_new"
  rm -f "$network_interfaces_new"
  printf x
}

# Returns 0 if the management interface gets the node's address at boot.
network_interfaces_management_kept() {
  if network_interfaces_by_files; then
    network_interfaces_file=$(sp_ifcfg_file "$network_interfaces_management")
    { [ -e "$network_interfaces_file" ] && sp_ifcfg_on "$network_interfaces_file"; } || return 1
    case $(sp_ifcfg "$network_interfaces_file" BOOTPROTO) in dhcp | bootp)
      network_interfaces_has_address
      return
      ;;
    esac
    network_interfaces_in_file "$network_interfaces_file"
  else
    network_interfaces_name=$(sp_nm_connection "$network_interfaces_management")
    { [ -n "$network_interfaces_name" ] && [ "$(sp_nm_property "$network_interfaces_name" connection.autoconnect)" = yes ]; } || return 1
    if [ "$(sp_nm_property "$network_interfaces_name" ipv4.method)" = auto ]; then network_interfaces_has_address; else network_interfaces_lists "$network_interfaces_name"; fi
  fi
}

# Returns 0 if network_interfaces_name gives its interface an IPv6 address. Without IPv4 and a router, `auto` would also let its
# activation fail.
network_interfaces_configures_ipv6() { case $(sp_nm_property "$network_interfaces_name" ipv6.method) in auto | dhcp | manual | shared) ;; *) return 1 ;; esac }

# Returns 0 if the provider interface comes up without an address at boot.
network_interfaces_provider_kept() {
  if network_interfaces_by_files; then
    network_interfaces_file=$(sp_ifcfg_file "$network_interfaces_provider")
    { [ -e "$network_interfaces_file" ] && sp_ifcfg_on "$network_interfaces_file"; } || return 1
    case $(sp_ifcfg "$network_interfaces_file" BOOTPROTO) in none | static | '') ;; *) return 1 ;; esac
    [ -z "$(sp_ifcfg_address_keys "$network_interfaces_file")" ]
  else
    network_interfaces_name=$(sp_nm_connection "$network_interfaces_provider")
    [ -n "$network_interfaces_name" ] &&
      [ "$(sp_nm_property "$network_interfaces_name" connection.autoconnect)" = yes ] &&
      [ "$(sp_nm_property "$network_interfaces_name" ipv4.method)" = disabled ] &&
      ! network_interfaces_configures_ipv6
  fi
}

# Returns 2 if the management interface can't be checked; sets network_interfaces_missing if it differs.
network_interfaces_check_management() {
  sp_need_link "$network_interfaces_management" || return 2
  network_interfaces_now=$(sp_device_of "$network_interfaces_address")
  if [ -n "$network_interfaces_now" ] && [ "$network_interfaces_now" != "$network_interfaces_management" ]; then
    sp_because address-on-other-interface "$network_interfaces_address" "$network_interfaces_now" "$network_interfaces_management"
    return 2
  fi
  network_interfaces_has_address || {
    sp_because address-missing "$network_interfaces_management" "$network_interfaces_address/$network_interfaces_prefix"
    network_interfaces_missing=1
  }
  network_interfaces_management_kept || {
    sp_because interface-not-persistent "$network_interfaces_management"
    network_interfaces_missing=1
  }
}

# Returns 2 if the provider interface must not be changed; sets network_interfaces_missing if it differs.
network_interfaces_check_provider() {
  sp_need_link "$network_interfaces_provider" || return 2
  if sp_used_devices "$network_interfaces_address" | grep -qxF "$network_interfaces_provider"; then
    sp_because interface-in-use "$network_interfaces_provider"
    return 2
  fi
  network_interfaces_provider_is_up || {
    sp_because interface-down "$network_interfaces_provider"
    network_interfaces_missing=1
  }
  if network_interfaces_provider_has_any; then
    sp_because interface-has-address "$network_interfaces_provider"
    network_interfaces_missing=1
  fi
  network_interfaces_provider_kept || {
    sp_because interface-not-persistent "$network_interfaces_provider"
    network_interfaces_missing=1
  }
}

# Sets the files, the state and the links to activate, with the names of the interfaces; returns 2 if there is none.
network_interfaces_name_links() {
  network_interfaces_files=$network_interfaces_keyfiles
  if network_interfaces_by_files; then network_interfaces_files=$network_interfaces_ifcfg; fi
  sp_links_set "$network_interfaces_files" "$network_interfaces_wanted" "$network_interfaces_links" "$network_interfaces_devices"
}

# Returns 2 if the links must not be changed; sets network_interfaces_missing if they differ.
network_interfaces_check_links() {
  network_interfaces_name_links || return 2
  sp_links_check || return 2
  if [ -n "$sp_links_missing" ]; then network_interfaces_missing=1; fi
}

# Returns 0 if both interfaces are as wanted, now and at boot.
network_interfaces_check() {
  network_interfaces_missing=0
  if ! network_interfaces_by_files && ! network_interfaces_manager_runs; then
    sp_because service-not-running NetworkManager
    return 2
  fi
  for network_interfaces_other in $network_interfaces_others; do sp_need_link "$network_interfaces_other" || return 2; done
  if [ -n "$network_interfaces_management" ]; then network_interfaces_check_management || return 2; fi
  if [ -n "$network_interfaces_provider" ]; then network_interfaces_check_provider || return 2; fi
  if [ -n "$network_interfaces_links" ]; then network_interfaces_check_links || return 2; fi
  return $network_interfaces_missing
}

# network_interfaces_backup DEVICE: saves the files that configure it.
network_interfaces_backup() {
  sp_backup "$(sp_ifcfg_file "$1")"
  if network_interfaces_manager_runs; then
    network_interfaces_name=$(sp_nm_connection "$1")
    # Restoring this also removes what nmcli is about to add.
    if [ -z "$network_interfaces_name" ]; then sp_backup "/etc/NetworkManager/system-connections/$1.nmconnection"; fi
    sp_nm_file "$network_interfaces_name" | while read -r network_interfaces_place; do
      case $network_interfaces_place in /etc/*) sp_backup "$network_interfaces_place" ;; esac
    done
  fi
}

# network_interfaces_write DEVICE [address]: writes its ifcfg file, and reloads it in NetworkManager if that is running.
network_interfaces_write() {
  network_interfaces_file=$(sp_ifcfg_file "$1")
  network_interfaces_text=$(network_interfaces_render_ifcfg "$network_interfaces_file" "$@")
  sp_put_file "$network_interfaces_file" "${network_interfaces_text%x}"
  if network_interfaces_manager_runs; then nmcli connection load "$network_interfaces_file" || :; fi
}

# Adds the node's address to the connection of the management interface.
network_interfaces_connect_management() {
  network_interfaces_name=$(sp_nm_connection "$network_interfaces_management")
  network_interfaces_gateway=$(sp_gateway_of "$network_interfaces_management")
  network_interfaces_full=$network_interfaces_address/$network_interfaces_prefix
  if [ -z "$network_interfaces_name" ]; then
    nmcli connection add type ethernet con-name "$network_interfaces_management" ifname "$network_interfaces_management" autoconnect yes ipv4.method manual ipv4.addresses "$network_interfaces_full" ipv4.gateway "$network_interfaces_gateway"
  elif [ "$(sp_nm_property "$network_interfaces_name" ipv4.method)" = manual ]; then
    nmcli connection modify "$network_interfaces_name" connection.autoconnect yes
    network_interfaces_lists "$network_interfaces_name" || nmcli connection modify "$network_interfaces_name" +ipv4.addresses "$network_interfaces_full"
  else
    nmcli connection modify "$network_interfaces_name" connection.autoconnect yes ipv4.method manual ipv4.addresses "$network_interfaces_full" ipv4.gateway "$network_interfaces_gateway"
  fi
}

# Adds the address to the management interface, at boot and now; existing addresses stay.
network_interfaces_apply_management() {
  network_interfaces_backup "$network_interfaces_management"
  if ! network_interfaces_management_kept; then
    if network_interfaces_by_files; then network_interfaces_write "$network_interfaces_management" address; else network_interfaces_connect_management; fi
  fi
  if ! network_interfaces_has_address; then
    ip link set "$network_interfaces_management" up
    ip addr add "$network_interfaces_address/$network_interfaces_prefix" dev "$network_interfaces_management"
  fi
}

# Creates a connection without an address for the provider interface.
network_interfaces_connect_provider() {
  network_interfaces_name=$(sp_nm_connection "$network_interfaces_provider")
  if [ -n "$network_interfaces_name" ]; then
    nmcli connection modify "$network_interfaces_name" connection.autoconnect yes ipv4.method disabled ipv4.addresses '' ipv4.gateway ''
    if network_interfaces_configures_ipv6; then nmcli connection modify "$network_interfaces_name" ipv6.method link-local ipv6.addresses '' ipv6.gateway ''; fi
  else
    nmcli connection add type ethernet con-name "$network_interfaces_provider" ifname "$network_interfaces_provider" autoconnect yes ipv4.method disabled ipv6.method link-local
    network_interfaces_name=$network_interfaces_provider
  fi
  nmcli connection up "$network_interfaces_name"
}

# Brings up the provider interface without an address, at boot and now.
network_interfaces_apply_provider() {
  network_interfaces_backup "$network_interfaces_provider"
  if ! network_interfaces_provider_kept; then
    if network_interfaces_by_files; then network_interfaces_write "$network_interfaces_provider"; else network_interfaces_connect_provider; fi
  fi
  if network_interfaces_provider_has_any; then ip addr flush dev "$network_interfaces_provider" scope global; fi
  ip link set "$network_interfaces_provider" up
}

# Saves the files and the kernel's state, then applies.
network_interfaces_apply() {
  sp_backup_begin
  sp_backup_net
  if [ -n "$network_interfaces_management" ]; then network_interfaces_apply_management; fi
  if [ -n "$network_interfaces_provider" ]; then network_interfaces_apply_provider; fi
  if [ -n "$network_interfaces_links" ]; then
    network_interfaces_name_links
    if network_interfaces_by_files; then sp_links_apply service; else sp_links_apply manager; fi
  fi
}

# network_interfaces_restore first|last: restores the files, and reloads them in running services.
network_interfaces_restore() {
  sp_try sp_restore "$1"
  if network_interfaces_manager_runs; then
    sp_try nmcli connection reload
    sp_try systemctl restart NetworkManager
  fi
  if systemctl -q is-active network; then sp_try systemctl restart network; fi
}

# Restores the files and the kernel's addresses and routes from before the latest change.
network_interfaces_rollback() {
  network_interfaces_restore last
  sp_restore_net
  sp_try_result
}

# Restores the files from before the first change.
network_interfaces_revert() {
  network_interfaces_restore first
  sp_try_result
}

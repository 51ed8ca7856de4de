# shellcheck shell=sh
# NetworkManager, enabled or disabled. Uses shell/network.sh.
# param network_manager_wanted: `disabled` if the network service takes over, otherwise `enabled`
# param network_manager_address: the node's address

# Returns 0 if the network service configures the interfaces and NetworkManager does not.
network_manager_check_off() {
  sp_need_network_service || return $?
  network_manager_missing=0
  sp_need_unit network enabled || network_manager_missing=1
  sp_need_unit NetworkManager disabled || network_manager_missing=1
  if [ $network_manager_missing = 1 ]; then sp_need_ifcfg "$network_manager_address" || return 2; fi
  return $network_manager_missing
}

# Returns 0 if NetworkManager is installed and running.
network_manager_check_on() {
  sp_need_package NetworkManager || return 1
  sp_need_unit NetworkManager
}

# Returns 0 if the node is as wanted.
network_manager_check() {
  if [ "$network_manager_wanted" = disabled ]; then network_manager_check_off; else network_manager_check_on; fi
}

# Starts the network service in NetworkManager's place; if it was running before, renews DHCP leases.
network_manager_hand_over() {
  systemctl enable network
  network_manager_was=$(sp_unit_state network)
  systemctl stop NetworkManager
  if [ "${network_manager_was#* }" = active ]; then
    # NetworkManager releases its lease; a static address stays.
    for network_manager_device in $(sp_used_devices "$network_manager_address"); do
      if [ "$(sp_ifcfg "$(sp_ifcfg_file "$network_manager_device")" BOOTPROTO)" = dhcp ]; then ifup "$network_manager_device"; fi
    done
  else
    systemctl start network || printf '%s\n' "the network service says that it failed; see systemctl status network"
  fi
}

# Switches to the network service and disables NetworkManager; if the node loses its address, starts NetworkManager again and fails.
network_manager_apply_off() {
  sp_backup_unit NetworkManager network
  sp_install_network_service
  network_manager_hand_over
  if ! sp_has_address "$network_manager_address"; then
    systemctl start NetworkManager
    printf '%s\n' "the node lost its address, so NetworkManager was started again"
    return 1
  fi
  systemctl disable NetworkManager
}

# Installs, enables and starts NetworkManager.
network_manager_apply_on() {
  sp_backup_unit NetworkManager
  sp_installed NetworkManager || sp_yum -y install NetworkManager
  systemctl enable NetworkManager
  systemctl start NetworkManager
}

# Saves the state of the kernel and the services, then applies.
network_manager_apply() {
  sp_backup_begin
  sp_backup_net
  if [ "$network_manager_wanted" = disabled ]; then network_manager_apply_off; else network_manager_apply_on; fi
}

# network_manager_network_was_off first|last: returns 0 if the network service was disabled before that change.
network_manager_network_was_off() {
  case $(cat "$sp_backups/$1/$STEP_ID/units/network") in disabled*) return 0 ;; *) return 1 ;; esac
}

# The network service is not stopped here: that would take the interfaces down.
network_manager_rollback() {
  if [ "$network_manager_wanted" = disabled ]; then
    if [ -e "$sp_backups/last/$STEP_ID/units/NetworkManager" ]; then sp_try sp_restore_unit last NetworkManager; fi
    if network_manager_network_was_off last; then sp_try systemctl disable network; fi
  else
    sp_try sp_restore_units last
    if systemctl -q is-active network; then sp_try systemctl restart network; fi
  fi
  sp_restore_net
  sp_try_result
}

# The state before the first change; the network service is not stopped here either.
network_manager_revert() {
  if [ "$network_manager_wanted" = disabled ]; then
    sp_restore_unit first NetworkManager
    if network_manager_network_was_off first; then systemctl disable network; fi
  else
    sp_restore_units first
  fi
}

# shellcheck shell=sh
# The network service (initscripts). Uses shell/network.sh.
# param network_service_address: the node's address

# Returns 0 if it is enabled and running, 2 if an interface of the connection has no ifcfg file.
network_service_check() {
  sp_need_network_service || return $?
  if sp_need_unit network; then return 0; fi
  sp_need_ifcfg "$network_service_address" || return 2
  return 1
}

# Installs, enables and starts it; fails if the node loses its address.
network_service_apply() {
  sp_backup_begin
  sp_backup_net
  sp_backup_unit network
  sp_install_network_service
  systemctl enable network
  systemctl start network
  sp_has_address "$network_service_address"
}

# network_service_was_off first|last: returns 0 if it was disabled before that change.
network_service_was_off() {
  case $(cat "$sp_backups/$1/$STEP_ID/units/network") in disabled*) return 0 ;; *) return 1 ;; esac
}

# Restores the state before the latest change. The service is not stopped: that would take the interfaces down.
network_service_rollback() {
  if network_service_was_off last; then sp_try systemctl disable network; fi
  if systemctl -q is-active NetworkManager; then sp_try systemctl restart NetworkManager; fi
  sp_restore_net
  sp_try_result
}

# Disables the service if the first change enabled it. It is not stopped: that would take the interfaces down.
network_service_revert() {
  if network_service_was_off first; then systemctl disable network; fi
}

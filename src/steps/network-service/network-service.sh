# shellcheck shell=sh
# The network service of the initscripts. Uses shell/network.sh.
# param network_service_address: the node's address

# Returns 0 where it is enabled and runs, 2 where an interface that carries the connection has no ifcfg file for it.
network_service_check() {
  sp_need_network_service || return $?
  if sp_need_unit network; then return 0; fi
  sp_need_keeper "$network_service_address" || return 2
  return 1
}

# Installs, enables and starts it; fails where the node lost its address.
network_service_apply() {
  sp_keep_anew
  sp_keep_net
  sp_keep_unit network
  sp_install_network_service
  systemctl enable network
  systemctl start network
  sp_link_lives "$network_service_address"
}

# network_service_was_off first|last: returns 0 where it was disabled before that change.
network_service_was_off() {
  case $(cat "$sp_kept/$1/$STEP_ID/units/network") in disabled*) return 0 ;; *) return 1 ;; esac
}

# Restores what was there before the latest change. The service is not stopped: that would take the interfaces down.
network_service_rollback() {
  if network_service_was_off last; then sp_try systemctl disable network; fi
  if systemctl -q is-active NetworkManager; then sp_try systemctl restart NetworkManager; fi
  sp_put_back_net
  sp_tried
}

# Disables the service where the first change enabled it. It is not stopped: that would take the interfaces down.
network_service_revert() {
  if network_service_was_off first; then systemctl disable network; fi
}

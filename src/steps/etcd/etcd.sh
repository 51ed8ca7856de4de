# shellcheck shell=sh
# etcd with every member of the cluster file. Uses shell/service.sh.
# param etcd_packages: its package names, one line per EL version
# param etcd_settings: the wanted settings, lines KEY="VALUE"
# param etcd_client: the client URL of this member
# param etcd_peers: the peer URLs of all members, sorted, one per line
# param etcd_others: the peer URLs of the other members, separated by blanks

etcd_file=/etc/etcd/etcd.conf

# Prints the wanted file, then an x; other lines with the same keys are commented out.
etcd_render_file() {
  etcd_rest=$(mktemp)
  sp_without_block "$etcd_file" >"$etcd_rest"
  etcd_own=$(sp_env_value "$etcd_rest" ETCD_DATA_DIR)
  etcd_lines=$etcd_settings
  # Data in another folder would seem lost.
  if [ -n "$etcd_own" ]; then etcd_lines=$(printf '%s' "$etcd_settings" | grep -v '^ETCD_DATA_DIR=' && printf x); fi
  etcd_text=$(sp_env_without "$etcd_rest" "$(printf '%s' "${etcd_lines%x}" | sed 's/=.*//' | tr '\n' ' ')")
  rm -f "$etcd_rest"
  sp_put_block "${etcd_text%x}" "${etcd_lines%x}"
}

# Prints the folder of the data that the file sets in place of the usual one, or nothing.
etcd_other_data() { sp_env_value "$etcd_file" ETCD_DATA_DIR | grep -vxF "$(printf '%s' "$etcd_settings" | sed -n 's/^ETCD_DATA_DIR="\(.*\)"$/\1/p')"; }

# Returns 0 if this member reports the cluster as healthy.
etcd_is_healthy() { curl -s --noproxy '*' --max-time 5 "$etcd_client/health" | grep -q '"health": *"true"'; }

# Prints the peer URLs of the members known to etcd, sorted.
etcd_known_peers() { ETCDCTL_API=3 etcdctl --endpoints="$etcd_client" member list | awk -F ', ' '{ print $4 }' | sort; }

# Prints the other members that do not respond, each followed by a blank.
etcd_unreachable() {
  for etcd_peer in $etcd_others; do
    curl -s -o /dev/null --noproxy '*' --max-time 5 "$etcd_peer/version" || printf '%s ' "$etcd_peer"
  done
}

etcd_check() {
  sp_pick_packages "$etcd_packages"
  sp_need_packages || return $?
  sp_missing=0
  if [ -e "$etcd_file" ]; then
    etcd_text=$(etcd_render_file)
    sp_need_file "$etcd_file" "${etcd_text%x}" || sp_missing=1
  else
    sp_because file-missing "$etcd_file"
    sp_missing=1
  fi
  etcd_data=$(etcd_other_data) && sp_because etcd-data-kept "$etcd_data" "$etcd_file"
  sp_need_unit etcd || sp_missing=1
  if ! etcd_is_healthy; then
    etcd_away=$(etcd_unreachable)
    sp_because etcd-unhealthy "$etcd_client"
    if [ -n "$etcd_away" ]; then sp_because etcd-members-unreachable "${etcd_away% }"; fi
    return 1
  fi
  etcd_known=$(etcd_known_peers)
  if [ "$etcd_known" != "$etcd_peers" ]; then
    sp_because etcd-members-differ "$(printf '%s\n' "$etcd_known" | tr '\n' ' ')"
    return 2
  fi
  return $sp_missing
}

etcd_apply() {
  sp_pick_packages "$etcd_packages"
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  sp_backup_begin
  sp_backup "$etcd_file"
  sp_backup_unit etcd
  [ -e "$etcd_file" ] || sp_write_file "$etcd_file" ''
  etcd_text=$(etcd_render_file)
  sp_same_file "$etcd_file" "${etcd_text%x}" || sp_write_file "$etcd_file" "${etcd_text%x}"
  systemctl daemon-reload
  systemctl enable etcd
  # A member reports that it has started only once most members are up, so this must not wait.
  systemctl --no-block restart etcd
  etcd_tries=0
  until etcd_is_healthy || [ "$etcd_tries" -ge 300 ]; do
    if [ $((etcd_tries % 15)) = 5 ]; then printf '%s\n' "waiting for $(etcd_unreachable)"; fi
    etcd_tries=$((etcd_tries + 1))
    sleep 1
  done
}

etcd_revert() {
  sp_restore first
  sp_restore_units first
  systemctl --no-block try-restart etcd
}

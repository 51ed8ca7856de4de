# shellcheck shell=sh
# Time synchronization with chrony. Uses shell/service.sh.
# param chrony_packages: its package names, one line per EL version
# param chrony_servers: the node's time servers, separated by a comma and a blank; empty if there are none
# param chrony_addresses: the servers given by address, separated by blanks
# param chrony_lines: the lines `server …` and `allow …` of its file
# param chrony_refused: an invalid value, `KEY VALUE` on one line; empty if all are valid
# param chrony_names: host names after `allow`, separated by blanks

chrony_file=/etc/chrony.conf

# Prints the wanted file, then an x; other sources are commented out if the cluster file has servers.
chrony_render_file() {
  chrony_drop=
  if [ -n "$chrony_servers" ]; then chrony_drop='^[ \t]*(server|pool|peer)[ \t]'; fi
  sp_with_block "$chrony_file" "$chrony_drop" "$chrony_lines"
}

# Prints a file for a node without one.
chrony_render_default() { printf 'driftfile /var/lib/chrony/drift\nmakestep 1.0 3\nrtcsync\n'; }

# chrony_need_values because|notice: returns 2, with a reason or a notice, if chronyd would not start with a value.
chrony_need_values() {
  if [ -n "$chrony_refused" ]; then
    sp_emit "$1" chrony-value-refused "${chrony_refused%% *}" "${chrony_refused#* }"
    return 2
  fi
  for chrony_name in $chrony_names; do
    getent hosts "$chrony_name" >/dev/null || {
      sp_emit "$1" chrony-value-refused allow "$chrony_name"
      return 2
    }
  done
}

# Prints the sources that chronyd lists.
chrony_sources() { chronyc -n sources 2>/dev/null | awk '/^[\^=#]/ { print $2 }'; }

# Returns 0 if chronyd lists sources, including all servers given by address.
chrony_has_sources() {
  chrony_listed=$(chrony_sources)
  if [ -z "$chrony_listed" ]; then return 1; fi
  for chrony_address in $chrony_addresses; do
    printf '%s\n' "$chrony_listed" | grep -qxF "$chrony_address" || return 1
  done
}

# Returns 0 if chronyd has selected a source.
chrony_is_synchronised() { chronyc -n sources 2>/dev/null | grep -q '^^\*'; }

chrony_check() {
  chrony_need_values because || return 2
  sp_pick_packages "$chrony_packages"
  sp_need_packages || return $?
  sp_missing=0
  if [ -e "$chrony_file" ]; then
    chrony_text=$(chrony_render_file)
    sp_need_file "$chrony_file" "${chrony_text%x}" || sp_missing=1
  else
    sp_because file-missing "$chrony_file"
    sp_missing=1
  fi
  sp_need_unit chronyd || sp_missing=1
  if ! chrony_has_sources; then
    sp_because chrony-without-source "$chrony_servers"
    sp_missing=1
  fi
  return $sp_missing
}

chrony_apply() {
  chrony_need_values notice || return 2
  sp_pick_packages "$chrony_packages"
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  sp_backup_begin
  sp_backup "$chrony_file"
  sp_backup_unit chronyd
  [ -e "$chrony_file" ] || chrony_render_default >"$chrony_file"
  chrony_text=$(chrony_render_file)
  sp_same_file "$chrony_file" "${chrony_text%x}" || sp_write_file "$chrony_file" "${chrony_text%x}"
  sp_start chronyd
  chrony_tries=0
  until chrony_has_sources || [ "$chrony_tries" -ge 15 ]; do
    chrony_tries=$((chrony_tries + 1))
    sleep 1
  done
  chronyc -n sources
  chrony_is_synchronised || sp_emit notice chrony-not-synchronised
}

chrony_revert() {
  sp_restore first
  sp_restore_units first
  systemctl try-restart chronyd
}

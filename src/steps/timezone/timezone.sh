# shellcheck shell=sh
# The time zone of the node, in /etc/localtime.
# param timezone_wanted: a name of /usr/share/zoneinfo

# Prints the zone of /etc/localtime, or nothing.
timezone_current() {
  timezone_link=$(readlink /etc/localtime)
  printf '%s\n' "${timezone_link##*zoneinfo/}"
}

timezone_check() {
  if [ ! -f "/usr/share/zoneinfo/$timezone_wanted" ]; then
    sp_because timezone-unknown "$timezone_wanted"
    return 2
  fi
  timezone_now=$(timezone_current)
  if [ "$timezone_now" = "$timezone_wanted" ]; then return 0; fi
  sp_because timezone-differs "${timezone_now:--}" "$timezone_wanted"
  return 1
}

timezone_apply() {
  sp_backup_begin
  sp_backup_link /etc/localtime
  timedatectl set-timezone "$timezone_wanted"
}

timezone_revert() { sp_restore first; }

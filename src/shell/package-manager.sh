# shellcheck shell=sh
# yum and dnf: the lock that another process holds, and what yum 3 does not print itself.
sp_yum_holder() {
  for sp_f in /var/run/yum.pid /var/lib/dnf/rpmdb_lock.pid /var/cache/dnf/metadata_lock.pid /var/cache/dnf/download_lock.pid; do
    sp_pid=
    [ ! -r "$sp_f" ] || read -r sp_pid <"$sp_f" || :
    case $sp_pid in '' | *[!0-9]*) continue ;; esac
    if [ -d "/proc/$sp_pid" ]; then return 0; fi
  done
  return 1
}
sp_yum_wait() {
  sp_waited=0
  while sp_yum_holder; do
    if [ $((sp_waited % 15)) = 0 ]; then
      sp_age=$(awk 'NR == FNR { up = int($1); next } { sub(/^.*[)] /, ""); print up - int($20 / 100) }' /proc/uptime "/proc/$sp_pid/stat" 2>/dev/null) || :
      sp_holder=$(tr '\000\t\n' '   ' <"/proc/$sp_pid/cmdline" 2>/dev/null | cut -c 1-120) || :
      sp_emit notice yum-locked "$sp_pid" "$sp_holder" "${sp_age:-0}" >&6
    fi
    if [ "$sp_waited" -ge "$sp_lock_wait_s" ]; then
      printf '%s\n' "gave up waiting for the lock of process $sp_pid"
      sp_emit because yum-lock-held "$sp_pid" "$sp_holder" "${sp_age:-0}" >&6
      return 1
    fi
    sleep 1
    sp_waited=$((sp_waited + 1))
  done
}
sp_cached_kb() { du -skc "${STACKPREP_YUM_CACHE:-/var/cache/yum}"/*/*/*/packages 2>/dev/null | awk 'END { print $1 + 0 }'; }
# Without a terminal, yum 3 prints nothing while it downloads: reports how much its cache has grown.
sp_yum_watch() {
  while kill -0 $$ 2>/dev/null; do
    sleep 2 6>&-
    sp_now=$(sp_cached_kb)
    [ "$sp_now" -le "$sp_cached" ] || sp_emit downloaded $((sp_now - sp_kept)) >&6
    sp_cached=$sp_now
  done
}
sp_yum() {
  sp_yum_wait || return 200
  if [ "$sp_manager" = dnf ]; then
    dnf "$@" 6>&-
    return
  fi
  if [ -z "$sp_job" ] || [ "${1:-}" != -y ]; then
    yum "$@" 6>&-
    return
  fi
  sp_kept=$(sp_cached_kb) sp_yum_rc=0
  sp_cached=$sp_kept
  sp_yum_watch >/dev/null 2>&1 &
  sp_watch=$!
  yum "$@" 6>&- || sp_yum_rc=$?
  kill "$sp_watch" 2>/dev/null || :
  return "$sp_yum_rc"
}
sp_installed() { rpm -q --quiet --whatprovides "$1"; }

// Generated from cancel.sh by npm run generate.
import type { ShellFile } from '../shell/file.ts';

export const cancelSh: ShellFile<never> = {
  path: 'jobs/cancel.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Asks a job to end, and sees to it that it does; part of controller.sh.
# Returns 0 if a program holds rpm's lock, as during a transaction that the log does not show.
sj_rpm_locked() {
  for sj_lock in /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock; do
    if [ -e "$sj_lock" ] && grep -q " WRITE [0-9]* [^ ]*:$(stat -Lc %i "$sj_lock") " /proc/locks; then return 0; fi
  done
  return 1
}
# Returns 0 during a transaction of yum or dnf, which must not be interrupted.
sj_in_transaction() {
  [ "$(tail -c 4194304 "$sj_dir/log" | awk '
    /^Running transaction *\\r?$/ { busy = 1 }
    /^(Complete!|Failed:|Error: Transaction|Transaction failed)/ || /^@@stackprep:[^\\t]*\\t(phase|result|state)/ { busy = 0 }
    END { print busy + 0 }')" = 1 ]
}
# Kills the running part of the step with all that it started; the shells of the job report the result, and a guard rolls back.
sj_kill_part() {
  sj_part=
  [ ! -r "$sj_dir/part" ] || read -r sj_part <"$sj_dir/part"
  sj_parts=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v group="$sj_group" -v part="$sj_part" '
    { pid = $1; sub(/^.*\\) [A-Za-z] /, ""); parent[pid] = $1; in_group[pid] = $2 == group }
    END {
      if (!in_group[part]) exit
      for (pid in parent) {
        for (up = pid; up != part && (up in parent) && depth[pid]++ < 100; ) up = parent[up]
        if (up == part) print pid
      }
    }')
  # shellcheck disable=SC2086 # numbers
  if [ -n "$sj_parts" ]; then kill -s KILL $sj_parts 2>/dev/null; fi
}
# Follows a job that was asked to end, even without a connection: a step that ignores the request is killed after a grace period.
sj_see_to_end() {
  sj_waited=0
  while sleep 1; do
    sj_find_state
    case $sj_state in running | orphan) ;; *) exit 0 ;; esac
    sj_waited=$((sj_waited + 1))
    if sj_in_transaction || sj_rpm_locked; then sj_waited=0; fi
    if [ "$sj_waited" = $((sj_grace / 2)) ]; then kill -s TERM -- "-$sj_group"; fi
    if [ "$sj_waited" -lt "$sj_grace" ]; then continue; fi
    printf '@@stackprep:%s\\tnotice\\tstep-killed\\t%s\\n' "$(sj_first_line "$sj_dir/nonce")" "$sj_grace" >>"$sj_dir/log"
    sj_kill_part
    sj_waited=0
  done
}
# Sends no signal during an rpm transaction.
sj_cancel() {
  sj_find_state
  case $sj_state in
    absent | ended | killed | rebooted)
      sj_frame cancelling "$sj_state"
      exit 0
      ;;
  esac
  : >"$sj_dir/cancel"
  if [ -e "$sj_dir/stopping" ]; then
    sj_frame cancelling "$sj_state"
    exit 0
  fi
  sj_group=
  [ "$sj_then" != "$sj_boot" ] || [ ! -r "$sj_dir/claim/group" ] || read -r sj_group <"$sj_dir/claim/group"
  sj_grace=\${STACKPREP_KILL_S:-60}
  if [ -n "$sj_group" ] && mkdir "$sj_dir/ending" 2>/dev/null; then
    (
      trap '' HUP INT
      sj_see_to_end
    ) </dev/null >/dev/null 2>&1 &
  fi
  if sj_in_transaction; then
    sj_frame cancelling transaction
    exit 0
  fi
  if [ -n "$sj_group" ] && kill -s "$1" -- "-$sj_group" 2>/dev/null; then
    sj_frame cancelling sent
  else sj_frame cancelling "$sj_state"; fi
}
`,
};

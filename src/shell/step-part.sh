# shellcheck shell=sh
# sp_part FUNCTION -e|+e: runs a part of the step; sets sp_rc. `part` has its process, for a cancellation that it ignores.
sp_part() {
  (
    trap 'exit 130' INT TERM
    [ -z "$sp_job" ] || { sh -c 'echo "$PPID"' >"$sp_job/part"; } 2>/dev/null
    set "$2"
    "$1"
  ) </dev/null
  sp_rc=$?
}

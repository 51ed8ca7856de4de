/**
 * The shell functions of a payload whose step could cut the node off. `sp_arm` leaves a watch that rolls back by itself, 60 s
 * after the change or 300 s after it began (it counts fifths of a second), even when its payload is killed; only the proof of a second login disarms it.
 */
export const guard = `sp_arm() {
  (
    trap '' INT TERM HUP
    sp_left=1500
    while [ "$sp_left" -gt 0 ] && [ ! -e "$sp_job/undo" ]; do
      if [ -d "$sp_job/decided" ]; then exit 0; fi
      if [ -e "$sp_job/applied" ] && [ "$sp_left" -gt "\${STACKPREP_GRACE:-300}" ]; then sp_left=\${STACKPREP_GRACE:-300}; fi
      sleep 0.2; sp_left=$((sp_left - 1))
    done
    mkdir "$sp_job/decided" 2>/dev/null || exit 0
    if ( set -e; "sp_rollback_$1" ); then : >"$sp_job/rolled-back"; else : >"$sp_job/not-rolled-back"; fi
  ) </dev/null &
}
# Prints how it ended unless the login was proved.
sp_prove() {
  if [ "$2" = 0 ]; then : >"$sp_job/applied"; sp_emit prove; else : >"$sp_job/undo"; fi
  while [ ! -e "$sp_job/rolled-back" ] && [ ! -e "$sp_job/not-rolled-back" ]; do
    if [ "$2" = 0 ] && [ -e "$sp_job/proven" ] && mkdir "$sp_job/decided" 2>/dev/null; then return 0; fi
    sleep 0.2
  done
  if [ -e "$sp_job/not-rolled-back" ]; then sp_emit result "$1" failed rollback-failed
  elif [ "$2" = 0 ]; then sp_emit result "$1" failed rolled-back
  elif [ -n "$sp_stopped" ]; then sp_emit notice rolled-back-cancelled; sp_emit result "$1" cancelled
  else sp_emit result "$1" failed rolled-back-failed "$2"; fi
  return 1
}`;

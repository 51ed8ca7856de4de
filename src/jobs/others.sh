# shellcheck shell=sh
# For the controller: finds a run of another window, computer or user that works on this node, so that no two runs work here at
# once. Its records are foreign: they are passed on cut to a length and without control characters. ASCII.
# A run keeps the node between two of its steps for this many seconds after the step or its last `keep`: its controller may be gone.
sj_gap_s=30
# For as many seconds `settled` waits for a run between two of its steps.
sj_patience_s=31
# The first line of a small file; nothing of a pipe, a link or a missing file.
sj_first_line() {
  if [ ! -f "$1" ] || [ -L "$1" ]; then return 0; fi
  head -c 1000 "$1" 2>/dev/null | head -n 1 | tr -d '\000-\010\012-\037\177'
}
# Who started a job: sj_from_run, sj_from_who, sj_from_kind, sj_from_step and sj_from_up, the uptime of the node at its start. In
# a folder without `origin`, from an earlier version, the kind and the uptime are unknown.
sj_read_origin() {
  sj_o_dir=$1
  sj_o_line=$(sj_first_line "$sj_o_dir/origin")
  if [ -z "$sj_o_line" ]; then
    sj_o_line=${sj_o_dir##*/}
    sj_o_line="${sj_o_line%%.*}	$(sj_first_line "$sj_o_dir/who")	-	$(sj_first_line "$sj_o_dir/step")	-"
  fi
  set -f
  IFS='	'
  # shellcheck disable=SC2086 # split at tabs
  set -- $sj_o_line
  unset IFS
  set +f
  sj_from_run=${1:--}
  sj_from_who=${2:--}
  sj_from_kind=${3:--}
  sj_from_step=${4:--}
  sj_from_up=${5:--}
}
sj_read_clock() {
  sj_now=$(date +%s)
  read -r sj_up _ </proc/uptime
  sj_up=${sj_up%%.*}
}
# Whether a folder belongs to this user; only then is it read or removed.
sj_is_ours() { [ -d "$1" ] && [ ! -L "$1" ] && [ "$(stat -c %u "$1")" = "$(id -u)" ]; }
# Whether the run of an ended job continues here soon. A clock that was set back ends the wait, too.
sj_is_between() {
  [ -e "$1/more" ] || return 1
  sj_age=$((sj_now - $(stat -c %Y "$1/rc" "$1/more" | sort -n | tail -n 1)))
  if [ "$sj_age" -ge 0 ] && [ "$sj_age" -le "$sj_gap_s" ]; then return 0; fi
  rm -f "$1/more"
  return 1
}
# Sets sj_other, the folder of a job of a run other than sj_run, and sj_other_state: running, orphan or between. The job whose turn
# it is comes before those that wait for it.
sj_find_other() {
  sj_other=
  sj_other_state=
  sj_kept_dir=$sj_dir
  sj_kept_state=${sj_state:-}
  sj_holder=$(sj_first_line "$sj_base/holder" | cut -f 3)
  sj_read_clock
  for sj_dir in "$sj_jobs"/*/; do
    sj_dir=${sj_dir%/}
    if [ -L "$sj_dir" ] || [ ! -d "$sj_dir" ]; then continue; fi
    sj_state=between
    if [ ! -e "$sj_dir/rc" ]; then sj_find_state; elif ! sj_is_between "$sj_dir"; then continue; fi
    case $sj_state in
      between) if [ -n "$sj_other" ]; then continue; fi ;;
      running | orphan) ;;
      *) continue ;;
    esac
    sj_read_origin "$sj_dir"
    if [ "$sj_from_run" = "$sj_run" ]; then continue; fi
    sj_other=$sj_dir
    sj_other_state=$sj_state
    if [ "${sj_dir##*/}" = "$sj_holder" ]; then break; fi
  done
  sj_dir=$sj_kept_dir
  sj_state=$sj_kept_state
  [ -n "$sj_other" ]
}
sj_report_other() {
  sj_read_origin "$sj_other"
  case $sj_from_up in *[!0-9]* | ????????????*) sj_from_up=$((sj_up + 1)) ;; esac
  sj_age=$((sj_up - sj_from_up))
  if [ "$sj_age" -lt 0 ]; then sj_age=$((sj_now - $(stat -c %Y "$sj_other/boot0"))); fi
  if [ "$sj_age" -lt 0 ]; then sj_age=0; fi
  sj_frame occupied "$sj_other_state" "$sj_from_run" "$sj_from_who" "$sj_from_kind" "$sj_from_step" "$sj_age" "${sj_other##*/}" \
    "$(sj_first_line "$sj_other/nonce" | tr -cd A-Za-z0-9 | cut -c 1-64)"
}
# now: reports at once. settled: first waits until a run between two steps begins the next one or gives up, but not without
# end: one that says `keep` may take long. next: waits until the
# job $2 has ended and another one has begun. free: waits until no other run works here.
sj_answer_others() {
  sj_run=$sj_id
  sj_seen=$2
  sj_round=0
  sj_asked=$(date +%s)
  if [ -e "$sj_base" ] && ! sj_is_ours "$sj_base"; then
    sj_frame free
    exit 0
  fi
  while sj_find_other; do
    case $1:$sj_other_state in
      now:* | settled:running | settled:orphan)
        sj_report_other
        exit 0
        ;;
      settled:between) if [ $((sj_now - sj_asked)) -ge "$sj_patience_s" ]; then
        sj_report_other
        exit 0
      fi ;;
      next:running | next:orphan) if [ "${sj_other##*/}" != "$sj_seen" ]; then
        sj_report_other
        exit 0
      fi ;;
      free:*) if [ "${sj_other##*/}" != "$sj_seen" ]; then sj_report_other; fi ;;
    esac
    if [ "$1" = free ]; then sj_seen=${sj_other##*/}; fi
    sj_round=$((sj_round + 1))
    if [ $((sj_round % 6)) = 0 ]; then sj_frame alive 0; fi
    sleep 0.5
  done
  sj_frame free
}
# The run continues here after a wait, such as for another node: others wait for it, too.
sj_keep() {
  sj_kept=
  sj_newest=0
  for sj_dir in "$sj_jobs/$sj_id".*/; do
    if [ -L "${sj_dir%/}" ] || [ ! -e "${sj_dir}rc" ]; then continue; fi
    sj_ended=$(stat -c %Y "${sj_dir}rc")
    if [ "$sj_ended" -ge "$sj_newest" ]; then
      sj_newest=$sj_ended
      sj_kept=$sj_dir
    fi
  done
  [ -z "$sj_kept" ] || touch "${sj_kept}more"
  sj_frame free
}
# The run starts nothing more here: others need not wait for it.
sj_release() {
  rm -f "$sj_jobs/$sj_id".*/more
  sj_frame free
}
# Finds the same step with the same script, started by another controller.
sj_find_same() {
  for sj_other in "$sj_jobs"/*/; do
    sj_other=${sj_other%/}
    if [ -e "$sj_other/rc" ] || [ ! -r "$sj_other/key" ] || ! sj_readable "$sj_other"; then continue; fi
    read -r sj_read <"$sj_other/key"
    if [ "$sj_read" != "$sj_key" ]; then continue; fi
    sj_mine=$sj_dir
    sj_dir=$sj_other
    sj_find_state
    case $sj_state in running | orphan)
      sj_id=${sj_other##*/}
      return 0
      ;;
    esac
    sj_dir=$sj_mine
  done
  return 1
}

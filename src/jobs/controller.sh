# shellcheck shell=sh
# Stages, starts, follows, cancels and removes jobs on the node; others.sh, forget.sh and cancel.sh precede it. It is read from standard
# input by its length in bytes, so it must be ASCII. Its words follow there, since every user can read an argument list: their number,
# then one a line: lead, verb, job (a run for `others`, `keep` and `release`), then those of the verb. It answers only in frames (see frames.ts). A job starts at most once: `start` may be repeated, and a job staged before a reboot
# never starts.
# param sj_runner: the text of runner.sh
# param sj_unit_folder: systemd's folder for local units
# param sj_format: the format of a job's folder; later formats are refused
set -u
umask 077
LC_ALL=C
export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
if [ -t 1 ]; then stty -opost <&1 2>/dev/null; fi
set --
IFS= read -r sj_count || exit 2
while [ "$sj_count" -gt 0 ]; do
  IFS= read -r sj_word || exit 2
  set -- "$@" "$sj_word"
  sj_count=$((sj_count - 1))
done
sj_base=${STACKPREP_BASE:-/var/lib/stackprep}
sj_jobs=$sj_base/jobs
sj_lead=$1
sj_verb=$2
sj_id=$3
shift 3
sj_frame() {
  printf '@@%s' "$sj_lead"
  for sj_word; do printf '\t%s' "$sj_word"; done
  printf '\n'
}
sj_refuse() {
  [ -z "${sj_new:-}" ] || rm -rf "$sj_new"
  sj_frame refused "$@"
  exit 0
}
case $sj_id in '' | .* | *[!A-Za-z0-9._-]*) sj_refuse bad-name ;; esac
sj_dir=$sj_jobs/$sj_id
read -r sj_boot </proc/sys/kernel/random/boot_id
# After a reboot, a unit finishes a guarded job that was interrupted by it.
sj_rolls_back() {
  [ -e "$sj_unit_folder/stackprep-guard-${sj_dir##*/}.service" ] &&
    systemctl show -p Job -p ActiveState "stackprep-guard-${sj_dir##*/}.service" | grep -qE '^(Job=[1-9]|ActiveState=activating)'
}
# A folder without a format file is from an early build of 0.1.0.
sj_readable() {
  sj_read=1
  [ ! -e "$1/format" ] || read -r sj_read <"$1/format"
  case $sj_read in '' | *[!0-9]* | ????*) return 1 ;; esac
  [ "$sj_read" -le "$sj_format" ]
}
sj_locked() { ! flock "$2" -n "$1" true 2>/dev/null; }
sj_find_state() {
  if [ ! -d "$sj_dir" ]; then
    sj_state=absent
    return
  fi
  if [ -e "$sj_dir/rc" ]; then
    sj_state=ended
    return
  fi
  sj_then=
  read -r sj_then <"$sj_dir/boot0"
  if [ "$sj_then" != "$sj_boot" ]; then
    sj_state=rebooted
    if sj_rolls_back; then sj_state=running; fi
    return
  fi
  if [ ! -d "$sj_dir/claim" ]; then
    sj_state=staged
    return
  fi
  if sj_locked "$sj_dir/lock" -s; then
    sj_state=running
  elif [ -e "$sj_dir/rc" ]; then
    sj_state=ended
  elif [ -e "$sj_dir/work" ] && sj_locked "$sj_dir/work" -x; then
    sj_state=orphan
  else sj_state=killed; fi
}
sj_follow() {
  cd "$sj_dir" || sj_refuse absent
  sj_off=$1
  sj_idle=0
  sj_orphan=
  sj_frame state "$sj_state" "$(stat -c %s log)"
  while :; do
    sj_rc=
    [ ! -e rc ] || read -r sj_rc <rc
    sj_size=$(stat -c %s log)
    sj_more=$((sj_size - sj_off))
    if [ "$sj_more" -gt 0 ]; then
      [ "$sj_more" -le 8388608 ] || sj_more=8388608
      sj_frame data "$sj_off" "$sj_more"
      dd if=log bs=262144 iflag=skip_bytes,count_bytes skip="$sj_off" count="$sj_more" 2>/dev/null || exit 1
      sj_off=$((sj_off + sj_more))
      sj_idle=0
    elif [ "$sj_more" -lt 0 ]; then
      sj_frame shorter "$sj_size"
      exit 0
    elif [ -n "$sj_rc" ]; then
      sj_frame ended "$sj_rc" "$sj_size" "$(sha256sum <log | cut -c 1-64)"
      exit 0
    else
      sj_idle=$((sj_idle + 1))
      if [ "$sj_idle" -lt 10 ]; then
        sleep 0.03
      elif [ "$sj_idle" -lt 30 ]; then
        sleep 0.1
      else sleep 0.5; fi
      if [ $((sj_idle % 6)) = 0 ]; then
        sj_find_state
        case $sj_state in
          running | ended) sj_frame alive "$sj_off" ;;
          orphan) if [ -z "$sj_orphan" ]; then
            sj_orphan=1
            sj_frame orphan
          else sj_frame alive "$sj_off"; fi ;;
          *) [ "$(stat -c %s log)" != "$sj_off" ] || {
            sj_frame gone "$sj_state"
            exit 0
          } ;;
        esac
      fi
    fi
  done
}
sj_clear() {
  exec </dev/null >/dev/null 2>&1 7>&-
  cd "$sj_jobs" || exit 0
  # Two concurrent cleanups would count each other's removed folders.
  exec 7>>"$sj_base/clear.lock"
  flock -n 7 || exit 0
  rm -rf .gone.*
  sj_now=$(date +%s)
  for sj_old in .new.*; do
    sj_time=$(stat -c %Y "$sj_old") && [ $((sj_now - sj_time)) -gt 86400 ] && rm -rf "$sj_old"
  done
  sj_total=$(du -sk . | cut -f 1)
  stat -c '%Y %n' ./*/rc | sort -n | while read -r sj_time sj_old; do
    sj_old=${sj_old%/rc}
    sj_old=${sj_old#./}
    if [ "$sj_old" = "$sj_id" ] || sj_locked "$sj_old/lock" -s; then continue; fi
    if [ $((sj_now - sj_time)) -le 1209600 ] && [ "$sj_total" -le "${STACKPREP_KEEP_KB:-204800}" ]; then break; fi
    sj_kb=$(du -sk "$sj_old" | cut -f 1)
    sj_total=$((sj_total - sj_kb))
    mv -T "$sj_old" ".gone.$sj_old" && rm -rf ".gone.$sj_old"
  done
}
# No "&": it would make the job ignore SIGINT for good. The second setsid forks and returns at once.
sj_launch() {
  if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null; then
    # shellcheck disable=SC2016 # the inner shell expands it
    printf %s "$sj_secret_lines" | setsid setsid sh -c 'systemd-run --scope --unit="$1" sh "$2/run" "$2" || exec sh "$2/run" "$2"' \
      sh "stackprep-$sj_id-$$" "$sj_dir" >/dev/null 2>>"$sj_dir/launch.err" 7>&-
  else
    printf %s "$sj_secret_lines" | setsid setsid sh "$sj_dir/run" "$sj_dir" >/dev/null 2>>"$sj_dir/launch.err" 7>&-
  fi
  sj_tries=0
  while [ ! -e "$sj_dir/claim/boot" ] && [ ! -e "$sj_dir/rc" ] && [ "$sj_tries" -lt 400 ]; do
    sleep 0.025
    sj_tries=$((sj_tries + 1))
  done
}
sj_stage() {
  dd bs="$sj_bytes" count=1 iflag=fullblock of="$sj_new/payload" conv=fsync 2>/dev/null &&
    [ "$(sha256sum <"$sj_new/payload" | cut -c 1-64)" = "$sj_sum" ] &&
    IFS= read -r sj_line && sj_read_clock && printf '%s\t%s\n' "$sj_line" "$sj_up" >"$sj_new/origin" && sj_read_origin "$sj_new" &&
    printf '%s\n' "$sj_nonce" >"$sj_new/nonce" && printf '%s\n' "$sj_from_who" >"$sj_new/who" &&
    printf '%s\n' "$sj_from_step" >"$sj_new/step" && printf '%s\n' "$sj_key" >"$sj_new/key" &&
    printf '%s\n' "$sj_format" >"$sj_new/format" && printf '%s\n' "$sj_sum" >"$sj_new/sum" && printf '%s\n' "$sj_boot" >"$sj_new/boot0" &&
    : >"$sj_new/log" && : >"$sj_new/lock" && : >"$sj_new/work" &&
    dd if=/dev/zero of="$sj_new/reserve" bs=65536 count=1 conv=fsync 2>/dev/null &&
    { [ "$sj_more" = 0 ] || : >"$sj_new/more"; } && printf %s "$sj_runner" >"$sj_new/run"
}
sj_start() {
  sj_sum=$1
  sj_bytes=$2
  sj_key=$3
  sj_nonce=$4
  sj_secrets=$5
  sj_place=$7
  sj_more=$8
  if [ "$(id -u)" != 0 ] && [ -z "${STACKPREP_BASE:-}" ]; then sj_refuse not-root "$(id -un)"; fi
  for sj_tool in flock setsid sha256sum dd head stat mktemp cut tr; do
    command -v "$sj_tool" >/dev/null || sj_refuse no-tool "$sj_tool"
  done
  if [ -e "$sj_base" ] && ! sj_is_ours "$sj_base"; then sj_refuse foreign-folder "$sj_base" "$(stat -c %U "$sj_base")"; fi
  if ! { mkdir -p "$sj_jobs" 2>/dev/null && chmod 0700 "$sj_base" "$sj_jobs" &&
    sj_new=$(mktemp -d "$sj_jobs/.new.XXXXXX" 2>/dev/null) && sj_stage 2>/dev/null; }; then
    sj_why=$({ mkdir -p "$sj_jobs" && rmdir "$(mktemp -d "$sj_jobs/.new.XXXXXX")"; } 2>&1 | tail -n 1 | tr '\t' ' ')
    sj_refuse not-staged "$sj_base" "$(df -Pk "$sj_base" 2>/dev/null | awk 'NR == 2 { print $4 }')" "$sj_why"
  fi
  sj_secret_lines=
  while [ "$sj_secrets" -gt 0 ]; do
    IFS= read -r sj_line || sj_refuse not-staged "$sj_base" ''
    sj_secret_lines="$sj_secret_lines$sj_line
"
    sj_secrets=$((sj_secrets - 1))
  done
  sj_read_origin "$sj_new"
  sj_run=$sj_from_run
  exec 7>>"$sj_base/start.lock"
  flock -w 60 7 || sj_refuse busy
  if [ -d "$sj_dir" ]; then
    sj_read=
    read -r sj_read <"$sj_dir/sum"
    [ "$sj_read" = "$sj_sum" ] || sj_refuse other-script
    rm -rf "$sj_new"
  elif [ "$sj_place" = alone ] && sj_find_other; then
    sj_refuse occupied
  elif sj_find_same; then
    rm -rf "$sj_new"
    sj_nonce=$(sj_first_line "$sj_dir/nonce")
    sj_read_origin "$sj_dir"
    sj_frame joined "$sj_id" "$sj_nonce" "$sj_from_who"
  else
    mv -T "$sj_new" "$sj_dir" || sj_refuse not-staged "$sj_base" ''
  fi
  sj_new=
  sj_find_state
  if [ "$sj_state" = staged ]; then
    sj_launch
    sj_find_state
    # Only now: until the job runs, its run keeps the node by the mark of the one before.
    for sj_other in "$sj_jobs/$sj_run".*/more; do
      if [ "$sj_other" != "$sj_dir/more" ]; then rm -f "$sj_other"; fi
    done
  fi
  exec 7>&-
  if [ "$sj_state" = staged ]; then sj_refuse not-launched "$(tail -n 1 "$sj_dir/launch.err" 2>/dev/null)"; fi
  (sj_clear) &
  sj_follow "$6"
}
sj_attach() {
  sj_find_state
  case $sj_state in absent | staged)
    sj_frame gone "$sj_state"
    exit 0
    ;;
  esac
  sj_follow "$1"
}
sj_confirm() {
  if [ -d "$sj_dir" ] && : >"$sj_dir/proven"; then sj_frame proven; else sj_frame refused absent; fi
}
if [ -d "$sj_dir" ] && ! sj_readable "$sj_dir"; then sj_refuse later-format "$sj_read" "$sj_format"; fi
case $sj_verb in
  start) sj_start "$@" ;;
  attach) sj_attach "$@" ;;
  cancel) sj_cancel "$@" ;;
  prove) sj_confirm ;;
  others) sj_answer_others "$@" ;;
  release) sj_release ;;
  keep) sj_keep ;;
  forget) sj_forget "$1" "$sj_unit_folder" "$sj_format" ;;
  *) sj_refuse bad-verb ;;
esac

# shellcheck shell=sh
# For the controller: shows and removes what Stackprep keeps on the node for itself: jobs, backups, records and the units of the
# guard. What its steps have configured stays in effect and is only named: an undo takes it back safely, a removal would not. ASCII.
sj_root=${STACKPREP_BASE:+$STACKPREP_BASE/root}
# Files with the name of Stackprep that steps leave on the node; a test compares them with the scripts of the steps.
sj_step_files='/etc/sysctl.d/99-zz-stackprep.conf /etc/modules-load.d/stackprep.conf /etc/security/limits.d/99-stackprep.conf
/etc/systemd/system/mariadb.service.d/stackprep.conf /etc/yum.repos.d/stackprep-*.repo /etc/profile.d/stackprep.sh /etc/profile.d/stackprep-proxy.sh
/etc/NetworkManager/system-connections/stackprep-*.nmconnection
/etc/ssh/sshd_config.d/00-stackprep.conf /etc/sudoers.d/stackprep /root/packstack-answers-stackprep.txt'
# Prints the names in the folder $1 that are ids of steps, as far as a frame has room for them.
sj_step_names() {
  sj_names=
  for sj_name in "$1"/*; do
    sj_name=${sj_name##*/}
    case $sj_name in *[!A-Za-z0-9_-]*) continue ;; esac
    if [ "${#sj_name}" -gt 100 ] || [ "${#sj_names}" -gt 900 ]; then continue; fi
    sj_names="$sj_names$sj_name "
  done
  printf %s "$sj_names"
}
sj_files_of_steps() {
  sj_names=
  for sj_pattern in $sj_step_files; do
    for sj_name in "$sj_root"$sj_pattern; do
      if [ ! -e "$sj_name" ] || [ "${#sj_names}" -gt 1200 ]; then continue; fi
      sj_name=${sj_name#"$sj_root"}
      case $sj_name in *[!A-Za-z0-9._/-]*) continue ;; esac
      sj_names="$sj_names$sj_name "
    done
  done
  printf %s "$sj_names"
}
# Answers and exits while a job works here, or if a job is of a later format than $1.
sj_must_be_idle() {
  for sj_other in "$sj_jobs"/*/; do
    sj_other=${sj_other%/}
    if [ -d "$sj_other" ] && ! sj_readable "$sj_other"; then sj_refuse later-format "$sj_read" "$1"; fi
  done
  # No run has this name, so that every run counts as another one.
  sj_run=
  if sj_find_other; then
    sj_report_other
    exit 0
  fi
}
sj_remove_all() {
  for sj_name in "$sj_units"/stackprep-guard-*.service; do
    rm -f "$sj_units/multi-user.target.wants/${sj_name##*/}" "$sj_name" || return 1
  done
  # The locks come last: until then, a start waits, and after it it finds no folder to start in.
  rm -rf "$sj_jobs" "$sj_base/kept" "$sj_base/done" "$sj_base/rolled-back" "$sj_base/ran" "$sj_base/holder" "$sj_base/node.lock" \
    "$sj_base/clear.lock" "$sj_base/start.lock" || return 1
  # What is not from Stackprep stays, with its folder.
  rmdir "$sj_base" 2>/dev/null || :
}
# show: reports what is kept. remove: removes it and reports what it was. $2 is the folder of units, $3 the latest format known here.
sj_forget() {
  sj_units=$2
  if [ -n "${STACKPREP_BASE:-}" ]; then sj_units=$sj_base/units; fi
  sj_kb=0
  if [ -e "$sj_base" ] || [ -L "$sj_base" ]; then
    sj_is_ours "$sj_base" || sj_refuse foreign-folder "$sj_base" "$(stat -c %U "$sj_base")"
    if [ "$1" = remove ]; then
      exec 7>>"$sj_base/start.lock"
      flock -w 60 7 || sj_refuse busy
    fi
    sj_must_be_idle "$3"
    sj_kb=$(du -sk "$sj_base" | cut -f 1)
  fi
  sj_count=0
  for sj_name in "$sj_jobs"/*/; do if [ -d "$sj_name" ]; then sj_count=$((sj_count + 1)); fi; done
  sj_guards=0
  for sj_name in "$sj_units"/stackprep-guard-*.service; do if [ -e "$sj_name" ]; then sj_guards=$((sj_guards + 1)); fi; done
  sj_undo=$(sj_step_names "$sj_base/kept/first")
  sj_ran=$(sj_step_names "$sj_base/ran")
  if [ "$1" = remove ] && ! sj_remove_all; then sj_refuse not-removed "$sj_base"; fi
  sj_frame kept "$sj_kb" "$sj_count" "$sj_guards" "$sj_undo" "$sj_ran" "$(sj_files_of_steps)"
}

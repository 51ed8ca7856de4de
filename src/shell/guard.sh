# shellcheck shell=sh
# For steps that could cut off the node. `sp_arm` starts a background watch that rolls back 60 s after the change or 300 s after
# it began (in fifths of a second), even if the payload is killed, and installs a unit that does so at the next boot; only the
# confirmation of a second login disarms both. The first decision wins: it is the target of the link `decided`, which can be
# created only once.
# param guard_unit_folder: systemd's folder for local units
sp_units=$guard_unit_folder
if [ -n "${STACKPREP_BASE:-}" ]; then sp_units=$STACKPREP_BASE/units; fi
sp_unit=stackprep-guard-${sp_job##*/}.service
sp_arm() {
  sp_arm_start "$@" || sp_emit notice no-rollback-at-boot
  (
    trap '' INT HUP
    trap 'sp_stopped=1' TERM
    sp_left=1500
    while [ "$sp_left" -gt 0 ] && [ ! -e "$sp_job/undo" ]; do
      if [ -L "$sp_job/decided" ] || sp_shutting_down; then exit 0; fi
      if [ -e "$sp_job/applied" ] || ! kill -0 "$$" 2>/dev/null; then
        if [ "$sp_left" -gt "${STACKPREP_GRACE:-300}" ]; then sp_left=${STACKPREP_GRACE:-300}; fi
      fi
      sleep 0.2
      sp_left=$((sp_left - 1))
    done
    if ln -s undo "$sp_job/decided" 2>/dev/null; then sp_roll_back "$@"; fi
  ) </dev/null &
}
sp_arm_start() {
  [ -n "${STACKPREP_BASE:-}" ] || [ -d /run/systemd/system ] || return 1
  mkdir -p "$sp_units/multi-user.target.wants" || return 1
  printf '%s\n' '[Unit]' "Description=Stackprep puts back what its step $2 has changed" \
    'After=local-fs.target network.target network.service NetworkManager.service firewalld.service sshd.service' \
    '[Service]' 'Type=oneshot' "ExecStart=/bin/sh $sp_job/payload $sp_job $1 $2" |
    dd of="$sp_units/$sp_unit" conv=fsync 2>/dev/null &&
    ln -sf "../$sp_unit" "$sp_units/multi-user.target.wants/$sp_unit"
}
sp_disarm() { rm -f "$sp_units/multi-user.target.wants/$sp_unit" "$sp_units/$sp_unit"; }
# There is no time to roll back during a shutdown: the unit does it at the next boot.
sp_shutting_down() {
  [ -n "$sp_stopped" ] && [ ! -e "$sp_job/cancel" ] && [ -e "$sp_units/$sp_unit" ] &&
    [ "$(systemctl is-system-running 2>/dev/null)" = stopping ]
}
sp_roll_back() {
  STEP_ID=$2
  mkdir -p "$sp_rollbacks" && date '+%Y-%m-%d %H:%M %Z' >"$sp_rollbacks/$STEP_ID"
  sp_end=rolled-back
  ("sp_rollback_$1") || sp_end=not-rolled-back
  # Of an undo: the step counts as before.
  if [ -d "$sp_backups/last/$STEP_ID/first" ]; then
    rm -f "$sp_rollbacks/$STEP_ID"
    rm -rf "$sp_backups/first/$STEP_ID" && mv "$sp_backups/last/$STEP_ID/first" "$sp_backups/first/$STEP_ID" || sp_end=not-rolled-back
  fi
  : >"$sp_job/$sp_end"
  sp_disarm
}
# Prints the result unless a second login was confirmed.
sp_confirm() {
  if [ "$2" != 0 ]; then
    sp_shutting_down || : >"$sp_job/undo"
  else
    # A daemon that is reloading may still accept a login by its old rules.
    sleep 0.5
    : >"$sp_job/applied"
    sp_emit prove
  fi
  while [ ! -e "$sp_job/rolled-back" ] && [ ! -e "$sp_job/not-rolled-back" ]; do
    if [ "$2" = 0 ] && [ -e "$sp_job/proven" ] && ln -s proved "$sp_job/decided" 2>/dev/null; then
      sp_disarm
      return 0
    fi
    if sp_shutting_down; then
      sp_emit result "$1" failed shutdown-before-confirmation
      return 1
    fi
    sleep 0.2
  done
  if [ -e "$sp_job/not-rolled-back" ]; then
    sp_emit result "$1" failed rollback-failed
  elif [ "$2" = 0 ]; then
    sp_emit result "$1" failed rolled-back
  elif [ -n "$sp_stopped" ]; then
    sp_emit notice cancelled-rolled-back
    sp_emit result "$1" cancelled
  else sp_emit result "$1" failed failed-rolled-back "$2"; fi
  return 1
}
# Called by the unit: rolls back for a job that was interrupted by a reboot, and completes its log.
sp_guard_start() {
  read -r sp_then <"$sp_job/boot0" && read -r sp_now </proc/sys/kernel/random/boot_id || exit 1
  if [ "$sp_then" = "$sp_now" ]; then exit 0; fi
  exec 7>>"$sp_job/work" 8>>"$sp_job/../../node.lock" 9>>"$sp_job/lock"
  flock -x 8
  flock -x 9
  flock -s 7
  if [ "$(readlink "$sp_job/decided")" = proved ]; then
    sp_disarm
    exit 0
  fi
  printf '%s\n' "The node rebooted before a second login was confirmed: rolling back what the step $2 changed."
  sp_open=
  if [ ! -e "$sp_job/rc" ]; then
    sp_open=1
    exec >>"$sp_job/log" 2>&1
    if [ -n "$(tail -c 1 "$sp_job/log")" ]; then echo; fi
  fi
  sp_roll_back "$@"
  sp_end=rolled-back-at-boot
  if [ -e "$sp_job/not-rolled-back" ]; then sp_end=rollback-failed; fi
  if [ -n "$sp_open" ]; then
    sp_emit result "$2" failed "$sp_end"
    sp_emit end
    printf '0\n' | dd of="$sp_job/rc.t" conv=fsync 2>/dev/null
    mv "$sp_job/rc.t" "$sp_job/rc"
  fi
  [ "$sp_end" = rolled-back-at-boot ]
  exit
}

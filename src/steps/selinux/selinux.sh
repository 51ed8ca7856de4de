# shellcheck shell=sh
# The SELinux mode, in the file and, if the running kernel allows it, immediately.
# param selinux_wanted: enforcing, permissive or disabled

selinux_file=/etc/selinux/config

# Prints the current mode: enforcing, permissive or disabled.
selinux_mode() {
  if command -v getenforce >/dev/null; then getenforce | tr '[:upper:]' '[:lower:]'; else printf 'disabled\n'; fi
}

# selinux_obstacle MODE: returns 2 with a reason if the mode is not possible: SELinux is disabled on the kernel command line, or
# enforcing on an unlabeled file system.
selinux_obstacle() {
  if [ "$selinux_wanted" = disabled ] || [ "$1" != disabled ]; then return 0; fi
  if grep -qw selinux=0 /proc/cmdline; then
    sp_because selinux-off-in-kernel
    return 2
  fi
  if [ "$selinux_wanted" = enforcing ]; then
    sp_because selinux-relabel-first
    return 2
  fi
}

# selinux_need_mode MODE: returns 1 with a reason if the current mode differs. From disabled, permissive takes effect at the next
# boot, which relabels the file system; disabled also takes effect at the next boot.
selinux_need_mode() {
  case $selinux_wanted:$1 in
    permissive:disabled)
      if [ -e /.autorelabel ]; then return 0; fi
      sp_because selinux-relabel
      return 1
      ;;
    disabled:enforcing | permissive:enforcing | enforcing:permissive | enforcing:disabled)
      sp_because selinux-mode-differs "$1" "$selinux_wanted"
      return 1
      ;;
  esac
}

selinux_check() {
  selinux_now=$(selinux_mode)
  if [ ! -e "$selinux_file" ]; then
    sp_because file-missing "$selinux_file"
    return 2
  fi
  selinux_obstacle "$selinux_now" || return $?
  sp_missing=0
  sp_need_line "$selinux_file" SELINUX "$selinux_wanted" || sp_missing=1
  selinux_need_mode "$selinux_now" || sp_missing=1
  return $sp_missing
}

selinux_apply() {
  selinux_now=$(selinux_mode)
  sp_backup_begin
  sp_backup "$selinux_file" /.autorelabel
  mkdir -p "$sp_backups/first/$STEP_ID"
  [ -e "$sp_backups/first/$STEP_ID/mode" ] || printf '%s\n' "$selinux_now" >"$sp_backups/first/$STEP_ID/mode"
  sp_set_line "$selinux_file" SELINUX "$selinux_wanted"
  case $selinux_wanted:$selinux_now in
    enforcing:*) setenforce 1 ;;
    *:enforcing) setenforce 0 ;;
    permissive:disabled)
      : >/.autorelabel
      sp_emit notice selinux-relabel-at-reboot
      ;;
  esac
  if [ "$selinux_wanted" = disabled ] && [ "$selinux_now" != disabled ]; then
    sp_emit notice selinux-disabled-at-reboot
  fi
}

selinux_revert() {
  selinux_now=$(selinux_mode)
  sp_restore first
  selinux_former=$(cat "$sp_backups/first/$STEP_ID/mode")
  case $selinux_now:$selinux_former in
    permissive:enforcing) setenforce 1 ;;
    enforcing:permissive) setenforce 0 ;;
    "$selinux_former:$selinux_former") ;;
    *) sp_emit notice selinux-at-reboot "$selinux_former" ;;
  esac
}

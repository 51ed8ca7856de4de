// Generated from selinux.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const selinuxSh: ShellFile<'selinux_wanted'> = {
  path: 'steps/selinux/selinux.sh',
  parameters: ["selinux_wanted"],
  text: `# shellcheck shell=sh
# The SELinux mode, in the file and, if the running kernel allows it, immediately.
# param selinux_wanted: enforcing, permissive or disabled

selinux_file=/etc/selinux/config

# Prints the mode in the file: that of the first line with a valid one, as libselinux reads it (selinux_config.c).
selinux_in_file() { awk '/^SELINUX=(enforcing|permissive|disabled)/ { sub(/^SELINUX=/, ""); match($0, /^[a-z]+/); print substr($0, 1, RLENGTH); exit }' "$selinux_file"; }

# Prints the file with the wanted mode, then an x.
selinux_render() {
  if [ -z "$(selinux_in_file)" ]; then
    cat "$selinux_file"
    if sp_open_end "$selinux_file"; then echo; fi
    printf 'SELINUX=%s\\nx' "$selinux_wanted"
    return
  fi
  {
    cat "$selinux_file"
    printf x
  } | awk -v mode="$selinux_wanted" '
    NR > 1 { printf "\\n" }
    !had && /^SELINUX=(enforcing|permissive|disabled)/ { had = 1; sub(/^SELINUX=[a-z]+/, "SELINUX=" mode) }
    { printf "%s", $0 }'
}

# Prints the current mode: enforcing, permissive or disabled.
selinux_mode() {
  if command -v getenforce >/dev/null; then getenforce | tr '[:upper:]' '[:lower:]'; else printf 'disabled\\n'; fi
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
  if [ "$(selinux_in_file)" != "$selinux_wanted" ]; then
    sp_because setting-missing "$selinux_file" SELINUX
    sp_missing=1
  fi
  selinux_need_mode "$selinux_now" || sp_missing=1
  return $sp_missing
}

selinux_apply() {
  selinux_now=$(selinux_mode)
  sp_backup_begin
  sp_backup "$selinux_file" /.autorelabel
  mkdir -p "$sp_backups/first/$STEP_ID"
  [ -e "$sp_backups/first/$STEP_ID/mode" ] || printf '%s\\n' "$selinux_now" >"$sp_backups/first/$STEP_ID/mode"
  if [ "$(selinux_in_file)" != "$selinux_wanted" ]; then
    selinux_text=$(selinux_render)
    sp_write_file "$selinux_file" "\${selinux_text%x}"
  fi
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
`,
};

// Generated from backup.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const backupSh: ShellFile<never> = {
  path: 'shell/backup.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Backups below /var/lib/stackprep/kept, per step (STEP_ID): \`first\` is the state before Stackprep's first change (for undo),
# \`last\` the state before the latest one (for the guard). An apply starts with \`sp_backup_begin\` and saves with \`sp_backup PATH…\`
# and \`sp_backup_unit UNIT…\`; \`sp_restore first|last\` restores files, \`sp_restore_units first|last\` the states of services.
sp_backups=/var/lib/stackprep/kept
sp_backup_begin() {
  mkdir -p "$sp_backups"
  chmod 0700 "$sp_backups"
  rm -rf "$sp_backups/last/$STEP_ID"
}
sp_backup_into() {
  sp_k=$1
  shift
  for sp_p; do
    if [ -e "$sp_k/files$sp_p" ] || [ -L "$sp_k/files$sp_p" ] || [ -e "$sp_k/absent$sp_p" ]; then continue; fi
    if [ -e "$sp_p" ] || [ -L "$sp_p" ]; then
      mkdir -p "$sp_k/files\${sp_p%/*}"
      cp -a "$sp_p" "$sp_k/files$sp_p"
      sp_to_disk "$sp_k/files$sp_p"
    else
      mkdir -p "$sp_k/absent\${sp_p%/*}"
      : >"$sp_k/absent$sp_p"
    fi
  done
}
# After a power cut, a changed file must not have an empty backup.
sp_to_disk() { [ -L "$1" ] || dd if=/dev/null of="$1" conv=notrunc,fsync 2>/dev/null || :; }
sp_backup() {
  sp_backup_into "$sp_backups/first/$STEP_ID" "$@"
  sp_backup_into "$sp_backups/last/$STEP_ID" "$@"
}
sp_unit_state() {
  if systemctl -q is-enabled "$1" 2>/dev/null; then printf 'enabled '; else printf 'disabled '; fi
  if systemctl -q is-active "$1" 2>/dev/null; then printf 'active\\n'; else printf 'inactive\\n'; fi
}
sp_backup_unit() {
  for sp_u; do
    for sp_k in "$sp_backups/first/$STEP_ID" "$sp_backups/last/$STEP_ID"; do
      if [ -e "$sp_k/units/$sp_u" ]; then continue; fi
      mkdir -p "$sp_k/units"
      sp_unit_state "$sp_u" >"$sp_k/units/$sp_u"
    done
  done
}
sp_restore() {
  sp_k=$sp_backups/$1/$STEP_ID
  if [ ! -d "$sp_k" ]; then
    printf '%s\\n' "no backup of $STEP_ID"
    # If the latest change has saved nothing yet, it has changed nothing.
    [ "$1" = last ]
    return
  fi
  sp_back=0
  if [ -d "$sp_k/files" ]; then
    (cd "$sp_k/files" && find . ! -type d -print) | {
      while read -r sp_p; do
        sp_p=\${sp_p#.}
        mkdir -p "\${sp_p%/*}"
        if ! cp -a --remove-destination "$sp_k/files$sp_p" "$sp_p"; then
          sp_back=1
          continue
        fi
        if command -v restorecon >/dev/null; then restorecon "$sp_p"; fi
        printf '%s\\n' "restored $sp_p"
      done
      exit $sp_back
    } || sp_back=1
  fi
  if [ -d "$sp_k/absent" ]; then
    (cd "$sp_k/absent" && find . ! -type d -print) | {
      while read -r sp_p; do
        sp_p=\${sp_p#.}
        if rm -f "$sp_p"; then printf '%s\\n' "removed $sp_p"; else sp_back=1; fi
      done
      exit $sp_back
    } || sp_back=1
  fi
  return $sp_back
}
# For restoring: continues after a failure and remembers it; end the function body with sp_try_result.
sp_try() { "$@" || {
  sp_failed=1
  printf '%s\\n' "failed: $*"
}; }
sp_try_result() { return "\${sp_failed:-0}"; }
sp_restore_units() {
  for sp_u in "$sp_backups/$1/$STEP_ID/units"/*; do
    [ -e "$sp_u" ] || continue
    sp_try sp_restore_unit "$1" "\${sp_u##*/}"
  done
  sp_try_result
}
sp_restore_unit() {
  read -r sp_e sp_a <"$sp_backups/$1/$STEP_ID/units/$2" || return 1
  if [ "$sp_e" = enabled ]; then systemctl enable "$2" || :; else systemctl disable "$2" || :; fi
  if [ "$sp_a" = active ]; then systemctl start "$2" || :; else systemctl stop "$2" || :; fi
  if [ "$(sp_unit_state "$2")" != "$sp_e $sp_a" ]; then return 1; fi
  printf '%s\\n' "$2 is $sp_e and $sp_a again"
}
sp_has_unit() { systemctl cat "$1" >/dev/null 2>&1 || [ -e "/etc/rc.d/init.d/$1" ]; }
sp_need_unit() {
  sp_m=0
  sp_w="\${2:-enabled} $(sp_unit_state "$1")"
  case $sp_w in
    "enabled disabled "*)
      sp_because service-not-enabled "$1"
      sp_m=1
      ;;
    "disabled enabled "*)
      sp_because service-enabled "$1"
      sp_m=1
      ;;
  esac
  case $sp_w in
    "enabled "*" inactive")
      sp_because service-not-running "$1"
      sp_m=1
      ;;
    "disabled "*" active")
      sp_because service-running "$1"
      sp_m=1
      ;;
  esac
  return $sp_m
}
`,
};

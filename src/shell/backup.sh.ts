// Generated from backup.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const backupSh: ShellFile<never> = {
  path: 'shell/backup.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Backups below /var/lib/stackprep/kept, per step (STEP_ID): \`first\` is the state before Stackprep's first change (for undo),
# \`last\` the state before the latest one (for the guard), and \`first/ID/ours\` what Stackprep has left. An apply starts with
# \`sp_backup_begin\` and saves with \`sp_backup PATH…\`, \`sp_backup_link PATH…\` (a link that is itself the setting) and
# \`sp_backup_unit UNIT…\`. \`sp_restore last\` restores files, \`sp_restore first\` takes back what led from \`first\` to \`ours\`, so that
# later edits of the user stay; \`sp_restore_units first|last\` restores the states of services. Uses shell/merge.sh.
sp_backups=/var/lib/stackprep/kept
sp_backup_begin() {
  mkdir -p "$sp_backups"
  chmod 0700 "$sp_backups"
}
# sp_keep FILE PLACE ABSENT: copies the file to PLACE, or makes the empty file ABSENT.
sp_keep() {
  if [ -e "$1" ] || [ -L "$1" ]; then
    mkdir -p "\${2%/*}"
    cp -a "$1" "$2"
    sp_to_disk "$2"
  else
    mkdir -p "\${3%/*}"
    : >"$3"
  fi
}
# sp_is_kept FOLDER PATH
sp_is_kept() { [ -e "$1/files$2" ] || [ -L "$1/files$2" ] || [ -e "$1/absent$2" ]; }
# After a power cut, a changed file must not have an empty backup.
sp_to_disk() { [ -L "$1" ] || dd if=/dev/null of="$1" conv=notrunc,fsync 2>/dev/null || :; }
sp_backup() {
  for sp_p; do sp_need_safe "$sp_p" || return 1; done
  for sp_p; do sp_backup_link "$(sp_real "$sp_p")"; done
}
sp_backup_link() {
  for sp_p; do
    sp_k=$sp_backups/first/$STEP_ID
    if ! sp_is_kept "$sp_k" "$sp_p"; then
      sp_keep "$sp_p" "$sp_k/files$sp_p" "$sp_k/absent$sp_p"
    elif ! sp_is_kept "$sp_backups/last/$STEP_ID" "$sp_p"; then sp_adopt "$sp_k" "$sp_p" "$sp_p"; fi
    sp_k=$sp_backups/last/$STEP_ID
    sp_is_kept "$sp_k" "$sp_p" || sp_keep "$sp_p" "$sp_k/files$sp_p" "$sp_k/absent$sp_p"
  done
}
# sp_adopt FOLDER PATH NOW: adds what the user has changed since the last run to the state before the first one, so that undo
# keeps it. NOW is the present file.
sp_adopt() {
  sp_o=$1/files$2
  if [ ! -f "$1/ours$2" ] || [ ! -f "$3" ] || [ -L "$3" ] || [ -L "$sp_o" ] || sp_same_bytes "$1/ours$2" "$3"; then return 0; fi
  if sp_is_keyfile "$2"; then
    sp_keyfile_adopt "$@"
    return
  fi
  if [ -e "$sp_o" ]; then cp -a "$sp_o" "$1/new"; else
    cp -a "$3" "$1/new"
    sp_o=/dev/null
  fi
  sp_merge "$sp_o" "$1/ours$2" "$3" again "$1/clashes" >"$1/new" || return 1
  if [ "$sp_o" = /dev/null ] && [ ! -s "$1/new" ]; then
    rm -f "$1/new"
    return 0
  fi
  mkdir -p "$1/files\${2%/*}" && sp_to_disk "$1/new" && mv -f "$1/new" "$1/files$2" && rm -f "$1/absent$2"
}
# sp_backup_ours PATH FILE: saves FILE as what the step leaves at a path that it has saved.
sp_backup_ours() {
  if ! sp_is_kept "$sp_backups/last/$STEP_ID" "$1"; then return 0; fi
  sp_k=$sp_backups/first/$STEP_ID
  rm -f "$sp_k/ours$1" "$sp_k/gone$1"
  sp_keep "$2" "$sp_k/ours$1" "$sp_k/gone$1"
}
# Does so for all files that an apply has saved, since other programs may have written them.
sp_backup_end() { sp_kept_paths "$sp_backups/last/$STEP_ID" | while IFS= read -r sp_p; do sp_backup_ours "$sp_p" "$sp_p"; done; }
# Before an undo that the guard may roll back: saves in \`last\` the present state of all that \`first\` has, and \`first\` itself.
sp_backup_present() {
  sp_k=$sp_backups/first/$STEP_ID
  sp_l=$sp_backups/last/$STEP_ID
  mkdir -p "$sp_l" && cp -a "$sp_k" "$sp_l/first" || return 1
  sp_kept_paths "$sp_k" | while IFS= read -r sp_p; do
    if [ -e "$sp_k/users" ]; then sp_keep_key "$sp_p"; else sp_keep "$sp_p" "$sp_l/files$sp_p" "$sp_l/absent$sp_p"; fi || exit 1
  done || return 1
  for sp_u in "$sp_k/units"/*; do
    if [ -e "$sp_u" ]; then mkdir -p "$sp_l/units" && sp_unit_state "\${sp_u##*/}" >"$sp_l/units/\${sp_u##*/}" || return 1; fi
  done
  if command -v sp_backup_net >/dev/null; then sp_backup_net; fi
}
# sp_same_bytes FILE FILE
sp_same_bytes() { [ "$(cksum <"$1")" = "$(cksum <"$2")" ]; }
# sp_kept_paths FOLDER: prints the paths of the saved files, one per line.
sp_kept_paths() {
  for sp_which in files absent; do
    if [ -d "$1/$sp_which" ]; then (cd "$1/$sp_which" && find . ! -type d -print | sed 's/^.//'); fi
  done
}
# sp_restore first|last
sp_restore() {
  sp_k=$sp_backups/$1/$STEP_ID
  if [ ! -d "$sp_k" ]; then
    printf '%s\\n' "no backup of $STEP_ID"
    # If the latest change has saved nothing yet, it has changed nothing.
    [ "$1" = last ]
    return
  fi
  sp_kept_paths "$sp_k" | {
    sp_back=0
    while IFS= read -r sp_p; do
      if [ "$1" = first ]; then sp_take_back "$sp_p" || sp_back=1; else sp_put_back "$sp_p" || sp_back=1; fi
    done
    exit $sp_back
  }
}
# sp_put_back PATH: makes the file what is saved in the folder sp_k.
sp_put_back() {
  if [ -e "$sp_k/absent$1" ]; then
    rm -f "$1" || return 1
    printf '%s\\n' "removed $1"
    return
  fi
  mkdir -p "\${1%/*}"
  cp -a --remove-destination "$sp_k/files$1" "$1" || return 1
  if command -v restorecon >/dev/null; then restorecon "$1"; fi
  printf '%s\\n' "restored $1"
}
# sp_is_keyfile PATH: returns 0 for a profile of NetworkManager, in a step with shell/keyfile.sh.
sp_is_keyfile() { case $1 in *.nmconnection) command -v sp_keyfile_back >/dev/null ;; *) return 1 ;; esac }
# sp_take_back PATH: takes the step's change of a file back, and keeps what the user has changed since.
sp_take_back() {
  rm -f "$1.stackprep-backup"
  sp_mode_now=$(sp_mode "$1")
  if [ -f "$1" ] && [ ! -L "$1" ] && [ -f "$sp_k/ours$1" ] && sp_is_keyfile "$1"; then
    sp_keyfile_back "$1"
    return
  fi
  if sp_is_ours "$1"; then
    sp_put_back "$1" || return 1
    # Mode and owner may have been changed, too.
    if [ -e "$sp_k/ours$1" ] && [ -e "$1" ] && [ ! -L "$1" ] && [ "$sp_mode_now" != "$(sp_mode "$sp_k/ours$1")" ]; then
      sp_set_mode "$1" "$sp_mode_now" || return 1
    fi
    return
  fi
  if [ ! -f "$1" ] || [ -L "$1" ] || [ ! -f "$sp_k/ours$1" ]; then
    sp_emit notice not-reverted "$1"
    return 0
  fi
  sp_emit notice partly-reverted "$1"
  sp_o=$sp_k/files$1
  [ -e "$sp_o" ] || sp_o=/dev/null
  # Of a file with sections that was not there before, edits alone mean nothing.
  case $sp_o:$1 in /dev/null:*.xml)
    sp_emit notice not-reverted "$1"
    return 0
    ;;
  esac
  rm -f "$sp_k/clashes"
  sp_body=$(
    sp_merge "$sp_o" "$sp_k/ours$1" "$1" undo "$sp_k/clashes" || exit 1
    printf x
  ) || return 1
  sp_body=\${sp_body%x}
  if [ -z "$sp_body" ] && [ "$sp_o" = /dev/null ]; then
    rm -f "$1"
    return
  fi
  sp_put_file "$1" "$sp_body" || return 1
  if [ "$sp_o" != /dev/null ] && [ "$sp_mode_now" = "$(sp_mode "$sp_k/ours$1")" ]; then sp_set_mode "$1" "$(sp_mode "$sp_o")" || return 1; fi
  if [ -s "$sp_k/clashes" ]; then sp_emit notice edited-lines-stay "$1" "$(cat "$sp_k/clashes")"; fi
}
# sp_is_ours PATH: returns 0 if the file is as Stackprep has left it; a backup of version 0.1.0 has no record of that.
sp_is_ours() {
  if [ -e "$sp_k/gone$1" ]; then
    [ ! -e "$1" ] && [ ! -L "$1" ]
  elif [ -L "$sp_k/ours$1" ]; then
    [ -L "$1" ] && [ "$(readlink "$1")" = "$(readlink "$sp_k/ours$1")" ]
  elif [ -e "$sp_k/ours$1" ]; then
    [ -f "$1" ] && [ ! -L "$1" ] && sp_same_bytes "$sp_k/ours$1" "$1"
  fi
}
sp_mode() { stat -c '%a %u:%g' "$1" 2>/dev/null; }
# sp_set_mode FILE 'MODE OWNER:GROUP'
sp_set_mode() { chown "\${2#* }" "$1" && chmod "\${2%% *}" "$1"; }
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

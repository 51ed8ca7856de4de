// Generated from library.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const librarySh: ShellFile<never> = {
  path: 'shell/library.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# The shell library of every payload, for POSIX sh, coreutils and awk of CentOS 7. Markers are lines \`@@stackprep:<nonce>\` with
# tab-separated fields on stdout; all other lines are log.
set -u
LC_ALL=C
export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022
exec 2>&1
sp_job=\${1:-}
sp_stopped=
sp_lock_wait_s=20
sp_records=\${STACKPREP_BASE:-/var/lib/stackprep}/done
sp_rollbacks=\${STACKPREP_BASE:-/var/lib/stackprep}/rolled-back
# One write, so that no other process prints into the line.
sp_emit() {
  sp_marker="@@stackprep:$sp_nonce"
  for sp_a; do sp_marker="$sp_marker	$sp_a"; done
  printf '%s\\n' "$sp_marker"
}
sp_because() { sp_emit because "$@"; }
sp_os() { (
  # shellcheck disable=SC2034 # printed by the eval
  ID='' NAME='' VERSION_ID='' PRETTY_NAME=''
  # shellcheck source=/dev/null
  [ ! -r /etc/os-release ] || . /etc/os-release
  eval "printf %s \\"\\\${$1}\\""
); }
sp_os_id=$(sp_os ID)
sp_os_version=$(sp_os VERSION_ID)
sp_el=
case $sp_os_id in centos | rhel | rocky | almalinux | ol) sp_el=\${sp_os_version%%.*} ;; esac
if command -v dnf >/dev/null; then sp_manager=dnf; elif command -v yum >/dev/null; then sp_manager=yum; else sp_manager=none; fi
sp_facts() {
  sp_emit fact hostname "$(uname -n)"
  sp_emit fact osId "$sp_os_id"
  sp_emit fact osVersion "$sp_os_version"
  sp_emit fact osName "$(sp_os PRETTY_NAME)"
  sp_emit fact el "$sp_el"
  sp_emit fact arch "$(uname -m)"
  sp_emit fact kernel "$(uname -r)"
  sp_emit fact manager "$sp_manager"
  sp_emit fact user "$(id -un)"
  sp_emit fact bootId "$(cat /proc/sys/kernel/random/boot_id)"
  sp_emit fact interfaces "$(ip -o link 2>/dev/null | awk -F': ' '{ sub(/@.*/, "", $2); printf "%s ", $2 }')"
  sp_emit fact addresses "$(ip -o addr 2>/dev/null | awk '$3 == "inet" || $3 == "inet6" { printf "%s=%s ", $2, $4 }')"
  sp_emit fact memory "$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)"
}
# Prints the packages whose last transaction was interrupted: rpm calls them installed, but their scripts may not have run. Sources:
# yum 3's rpmtrans.py (what a transaction does, and what of it is done) and libdnf's history (state 0: begun).
sp_unfinished() {
  if sp_yum_holder; then return 0; fi
  for sp_f in "\${STACKPREP_VAR:-/var/lib}"/yum/transaction-all.*; do
    case $sp_f in *'*' | *disabled) continue ;; esac
    sp_ended=\${sp_f%/*}/transaction-done.\${sp_f##*transaction-all.}
    [ -r "$sp_ended" ] || sp_ended=/dev/null
    awk '
      FILENAME != ARGV[2] { finished[$0] = 1; next }
      $1 == "install" && !($0 in finished) { name = $2; sub(/^[^:]*:/, "", name); sub(/-[^-]*-[^-]*$/, "", name); print name }' "$sp_ended" "$sp_f"
  done
  sp_f=\${STACKPREP_VAR:-/var/lib}/dnf/history.sqlite
  [ -r "$sp_f" ] || return 0
  for sp_python in /usr/libexec/platform-python /usr/bin/python3; do
    [ -x "$sp_python" ] || continue
    "$sp_python" -c 'import sqlite3, sys
query = "select name from (select r.name as name, t.state as state, max(t.id) from rpm r join trans_item i on i.item_id = r.item_id join trans t on t.id = i.trans_id group by r.name) where state = 0"
for row in sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).execute(query): print(row[0])' "$sp_f" 2>/dev/null || :
    break
  done
}
sp_unfinished_known=
# sp_need_ended [NAME]: returns 1 with a reason if the transaction of the package, or of any, was interrupted.
sp_need_ended() {
  if [ -z "$sp_unfinished_known" ]; then
    sp_unfinished_list=$(sp_unfinished)
    sp_unfinished_known=1
  fi
  sp_open=$(printf '%s\\n' "$sp_unfinished_list" | awk -v name="\${1:-}" 'NF && (name == "" || $0 == name)' | sort -u | tr '\\n' ' ')
  if [ -z "$sp_open" ]; then return 0; fi
  if [ "$sp_manager" = dnf ]; then sp_fix="dnf reinstall \${sp_open% }"; else sp_fix=yum-complete-transaction; fi
  sp_because transaction-unfinished "\${sp_open% }" "$sp_fix"
  return 1
}
sp_need_package() {
  if [ -z "$1" ]; then
    sp_because no-package-for-system "\${sp_os_id:-?} \${sp_os_version:-?}"
    return 2
  fi
  if sp_installed "$1"; then
    sp_need_ended "$1"
    return
  fi
  sp_because package-missing "$1"
  return 1
}
sp_same_file() { [ -f "$1" ] && [ "$(
  cat "$1"
  printf x
)" = "$2x" ]; }
sp_need_file() {
  if sp_same_file "$1" "$2"; then return 0; fi
  if [ -e "$1" ]; then sp_because file-differs "$1"; else sp_because file-missing "$1"; fi
  return 1
}
# sp_real PATH: prints the file that a symbolic link leads to, or the path itself: links stay links.
sp_real() { if [ -L "$1" ]; then readlink -m "$1"; else printf '%s\\n' "$1"; fi; }
# Prints the user id that owns the backups: that of root.
sp_owner() { stat -c %u "$sp_backups" 2>/dev/null || echo 0; }
# sp_is_of_root FOLDER: returns 0 if only root can change what is in the folder and rename those above it, as far as they exist.
sp_is_of_root() {
  sp_above=$1
  while [ -n "$sp_above" ]; do
    if [ -e "$sp_above" ] && [ -z "$(find "$sp_above" -maxdepth 0 -type d -user "$(sp_owner)" \\( ! -perm /022 -o ! -path "$1" -perm -1000 \\))" ]; then return 1; fi
    sp_above=\${sp_above%/*}
  done
}
# sp_need_safe PATH: returns 1 with a notice for a path over a symbolic link to a file that others could replace.
sp_need_safe() {
  sp_to=$(readlink -m "$1")
  if [ "$sp_to" = "$1" ]; then return 0; fi
  if sp_is_of_root "\${sp_to%/*}" && { [ ! -e "$sp_to" ] || [ "$(stat -c %u "$sp_to")" = "$(sp_owner)" ]; }; then return 0; fi
  sp_emit notice link-not-of-root "$1" "$sp_to"
  return 1
}
# sp_put_file PATH TEXT [MODE]: writes the file in one step; an existing file keeps its mode, owner, attributes and links to it.
sp_put_file() {
  sp_need_safe "$1" || return 1
  sp_to=$(sp_real "$1")
  mkdir -p "\${sp_to%/*}"
  sp_t=$(mktemp "\${sp_to%/*}/.stackprep.XXXXXX") || return 1
  sp_new=
  if [ -e "$sp_to" ]; then cp -a "$sp_to" "$sp_t"; else
    sp_new=1
    chmod "\${3:-0644}" "$sp_t"
  fi
  if ! printf %s "$2" >"$sp_t" || ! sp_backup_ours "$sp_to" "$sp_t" || ! mv -f "$sp_t" "$sp_to"; then
    rm -f "$sp_t"
    return 1
  fi
  if [ -n "$sp_new" ] && command -v restorecon >/dev/null; then restorecon "$sp_to"; fi
  printf '%s\\n' "wrote $1"
}
sp_write_file() {
  sp_need_safe "$1" || return 1
  sp_to=$(sp_real "$1")
  if [ -e "$sp_to" ]; then cp -p --remove-destination "$sp_to" "$sp_to.stackprep-backup"; fi
  sp_put_file "$@"
}
# The current step, which names its backups.
STEP_ID=
sp_check() {
  STEP_ID=$2
  sp_part "sp_check_$1" +e
  sp_state=unknown
  case $sp_rc in
    0) sp_state='done' ;;
    1)
      sp_state='needed'
      if [ "$3" = drifts ] && [ -e "$sp_records/$2" ]; then sp_state=drifted; fi
      ;;
    2) : ;;
    *) sp_because check-failed "$sp_rc" ;;
  esac
  if [ "$sp_state" != 'done' ] && [ -r "$sp_rollbacks/$2" ]; then sp_because rolled-back-earlier "$(cat "$sp_rollbacks/$2")"; fi
  sp_emit state "$2" "$sp_state"
}
sp_probe() {
  sp_emit step "$2"
  sp_check "$@"
}
sp_is_root() { [ "$(id -u)" = 0 ] || [ -n "\${STACKPREP_BASE:-}" ] || {
  sp_emit result "$1" failed not-root "$(id -un)"
  return 1
}; }
# A signal ends the running command; then the payload reports the resulting state.
sp_trap_signals() {
  trap 'sp_stopped=1' INT TERM
  sp_lock_wait_s=1800
}
sp_report_stop() {
  if [ -z "$sp_stopped" ]; then return 1; fi
  if [ -n "$sp_job" ]; then : >"$sp_job/stopping"; fi
  sp_emit phase verify
  sp_check "$@"
  # Without a cancel request, something else sent the signal, such as a shutdown.
  if [ -z "$sp_job" ] || [ -e "$sp_job/cancel" ]; then
    sp_emit result "$2" cancelled
  else sp_emit result "$2" interrupted terminated; fi
}
sp_record_done() {
  rm -f "$sp_rollbacks/$1"
  if mkdir -p "$sp_records" && : >"$sp_records/$1"; then
    sp_emit result "$1" changed
  else sp_emit result "$1" failed record-failed "$sp_records"; fi
}
sp_run() {
  STEP_ID=$2
  sp_trap_signals
  sp_emit step "$2"
  sp_is_root "$2" || return 0
  sp_emit phase check
  sp_check "$@"
  if sp_report_stop "$@"; then return; fi
  case $sp_state in
    'done')
      rm -f "$sp_rollbacks/$2"
      sp_emit result "$2" unchanged
      return
      ;;
    unknown)
      sp_emit result "$2" failed check-unknown
      return
      ;;
  esac
  # An older backup is from an earlier change.
  rm -rf "$sp_backups/last/$STEP_ID"
  # If the script is run manually, no second login can be confirmed.
  sp_guard=
  if [ "$4" = guarded ] && [ -n "$sp_job" ]; then
    sp_guard=1
    sp_arm "$1" "$2"
  fi
  sp_emit phase apply
  sp_part "sp_apply_$1" -e
  sp_backup_end
  if [ -n "$sp_guard" ] && ! sp_confirm "$2" "$sp_rc"; then return; fi
  if [ "$sp_rc" != 0 ] && sp_report_stop "$@"; then return; fi
  if [ "$sp_rc" != 0 ]; then
    sp_emit result "$2" failed apply-failed "$sp_rc"
    return
  fi
  sp_emit phase verify
  sp_check "$@"
  if [ "$sp_state" = 'done' ]; then sp_record_done "$2"; else sp_emit result "$2" failed verify-failed; fi
}
sp_undo() {
  STEP_ID=$2
  sp_trap_signals
  sp_emit step "$2"
  sp_is_root "$2" || return 0
  # Without a backup nothing was changed.
  if [ ! -d "$sp_backups/first/$STEP_ID" ]; then
    rm -f "$sp_records/$2" "$sp_rollbacks/$2"
    sp_emit phase verify
    sp_check "$@"
    sp_emit result "$2" unchanged
    return
  fi
  rm -rf "$sp_backups/last/$STEP_ID"
  sp_guard=
  if [ "$4" = guarded ] && [ -n "$sp_job" ]; then
    if ! sp_backup_present; then
      sp_emit result "$2" failed record-failed "$sp_backups/last/$STEP_ID"
      return
    fi
    sp_guard=1
    sp_arm "$1" "$2"
  fi
  sp_emit phase apply
  sp_part "sp_revert_$1" -e
  if [ -n "$sp_guard" ] && ! sp_confirm "$2" "$sp_rc"; then return; fi
  if [ "$sp_rc" != 0 ] && sp_report_stop "$@"; then return; fi
  if [ "$sp_rc" != 0 ]; then
    sp_emit result "$2" failed revert-failed "$sp_rc"
    return
  fi
  rm -f "$sp_records/$2" "$sp_rollbacks/$2"
  rm -rf "$sp_backups/first/$STEP_ID" "$sp_backups/last/$STEP_ID"
  sp_emit phase verify
  sp_check "$@"
  if [ "$sp_state" = 'done' ]; then sp_emit notice undo-without-effect; fi
  sp_emit result "$2" changed
}
`,
};

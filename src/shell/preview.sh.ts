// Generated from preview.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const previewSh: ShellFile<'sp_preview_command' | 'sp_preview_programs' | 'sp_preview_limit_mb'> = {
  path: 'shell/preview.sh',
  parameters: ["sp_preview_command","sp_preview_programs","sp_preview_limit_mb"],
  text: `# shellcheck shell=sh
# Shows what the steps would change, without changing it: in a separate mount namespace, which ends with this process, the functions
# that apply them work on a copy-on-write view of the disk (overlayfs above tmpfs), and shell/preview-command.sh replaces the
# programs that change the running system. Uses shell/preview-files.sh.
# param sp_preview_command: the text of shell/preview-command.sh
# param sp_preview_programs: the programs that it replaces, separated by blanks
# param sp_preview_limit_mb: how much memory the view may take
sp_preview_steps=
# Notes a step that was found needed or drifted by the check.
sp_preview_note() { case $sp_state in needed | drifted) sp_preview_steps="$sp_preview_steps $1:$2" ;; esac }
# sp_preview_overlay LOWER UPPER TARGET
sp_preview_overlay() {
  mkdir -p "$2/upper" "$2/work" &&
    mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" stackprep-preview "$3"
}
# Prints the other file systems on disks, each mount point once, the outer ones first.
sp_preview_mounts() {
  awk '
    { type = ""; for (i = 7; i < NF; i++) if ($i == "-") { type = $(i + 1); break } }
    type !~ /^(ext[234]|xfs|btrfs|overlay|zfs|f2fs|nfs4?)$/ || $5 == "/" || $5 ~ /\\\\/ || $5 ~ /^\\/(proc|sys|dev|run|tmp)(\\/|$)/ || seen[$5]++ { next }
    { print $5 }' /proc/self/mountinfo | sort
}
# Makes the view and moves into it. Returns 1 if the node does not allow that.
sp_preview_enter() {
  sp_s=/tmp/.stackprep
  mount --make-rprivate / &&
    mount -t tmpfs -o "size=\${sp_preview_limit_mb}m,mode=0755" stackprep-preview /tmp &&
    mkdir -m 0700 "$sp_s" && mkdir "$sp_s/old" "$sp_s/new" "$sp_s/state" &&
    mount --rbind / "$sp_s/old" &&
    sp_preview_overlay "$sp_s/old" "$sp_s/root" "$sp_s/new" || return 1
  printf '%s\\n' "root /" >"$sp_s/state/views"
  sp_n=0
  sp_preview_mounts | while read -r sp_p; do
    [ -d "$sp_s/new$sp_p" ] || continue
    sp_n=$((sp_n + 1))
    if sp_preview_overlay "$sp_s/old$sp_p" "$sp_s/$sp_n" "$sp_s/new$sp_p" 2>/dev/null; then
      printf '%s\\n' "$sp_n $sp_p/" >>"$sp_s/state/views"
    else mount --bind "$sp_s/old$sp_p" "$sp_s/new$sp_p" && mount -o remount,bind,ro "$sp_s/new$sp_p"; fi
  done
  for sp_p in proc sys dev run; do mount --rbind "/$sp_p" "$sp_s/new/$sp_p" || return 1; done
  mkdir -m 0755 "$sp_s/new/.stackprep" "$sp_s/new/.stackprep/old" "$sp_s/new/.stackprep/bin" "$sp_s/new/.stackprep/transactions" &&
    cd "$sp_s/new" && pivot_root . .stackprep/old && cd / || return 1
  # What a step might still reach must not change, either.
  mount -o remount,bind,ro /.stackprep/old 2>/dev/null || :
  [ ! -e /proc/sys/kernel ] || { mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys; } 2>/dev/null || :
  mount -t tmpfs -o size=64m,mode=1777 stackprep-preview /tmp || return 1
  # Without a process for each program.
  printf %s "$sp_preview_command" >/.stackprep/command || return 1
  for sp_p in $sp_preview_programs; do printf '#!/bin/sh\\n. /.stackprep/command\\n' >"/.stackprep/bin/$sp_p" || return 1; done
  chmod 0755 /.stackprep/bin/* || return 1
  # rpm reports no transaction, neither to the audit log nor to services that watch for them.
  mkdir -p /etc/rpm && for sp_p in systemd_inhibit audit syslog fapolicyd dbus_announce ima prioreset; do printf '%%__transaction_%s %%{nil}\\n' "$sp_p"; done >/etc/rpm/macros.stackprep-preview || return 1
  sp_s=/.stackprep/old/tmp/.stackprep
  : >/.stackprep/installed
}
# Shows the changes of all noted steps, in their order: each one sees what the ones before it have changed.
sp_preview_all() {
  [ -n "$sp_preview_steps" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    sp_emit unpreviewed not-root
    return 0
  fi
  if [ -z "\${STACKPREP_PRIVATE:-}" ] || [ "$(readlink /proc/self/ns/mnt)" = "$(readlink /proc/1/ns/mnt)" ] || ! sp_preview_enter; then
    sp_emit unpreviewed no-view
    return 0
  fi
  PATH=/.stackprep/bin:$PATH
  # shellcheck disable=SC2317 # called by the steps
  sp_installed() { rpm -q --quiet --whatprovides "$1" || grep -qxF -e "$1" /.stackprep/installed; }
  # Nothing of the view is ever undone, so it needs no copies.
  # shellcheck disable=SC2317 # called by the steps
  {
    sp_backup_begin() { mkdir -p "$sp_backups/first/$STEP_ID" "$sp_backups/last/$STEP_ID"; }
    sp_backup() { :; }
    sp_backup_link() { :; }
    sp_backup_unit() { :; }
    sp_backup_ours() { :; }
    sp_to_disk() { :; }
    sp_write_file() { sp_put_file "$@"; }
  }
  sp_preview_find_known
  for sp_p in $sp_preview_steps; do sp_preview "\${sp_p%%:*}" "\${sp_p#*:}"; done
}
# sp_preview INDEX ID: applies the step in the view, then prints what that has changed.
sp_preview() {
  # shellcheck disable=SC2034 # for the functions of the step
  STEP_ID=$2
  sp_emit step "$2"
  : >/.stackprep/effects
  printf '%s\\n' "$2" >/.stackprep/step
  rm -f /.stackprep/transactions/*
  [ ! -e /.stackprep/mark ] || mv /.stackprep/mark /.stackprep/mark-before
  : >/.stackprep/mark
  (
    trap 'exit 130' INT TERM
    set -e
    # What follows a wait depends on services that were not started.
    # shellcheck disable=SC2317 # called by the steps
    sleep() { exit 77; }
    "sp_apply_$1"
  ) </dev/null >/.stackprep/log 2>&1
  sp_rc=$?
  if [ -s /.stackprep/log ]; then grep -F "@@stackprep:$sp_nonce	notice	" /.stackprep/log | cut -c 1-2000; fi
  case $sp_rc in 0 | 77) ;; *) grep -vF "@@stackprep:$sp_nonce	" /.stackprep/log | tail -n 20 | cut -c 1-1000 ;; esac
  sp_preview_transactions
  sp_preview_files
  # As they are: a field may be empty.
  if [ -s /.stackprep/effects ]; then awk -v lead="@@stackprep:$sp_nonce	effect	" '{ print lead $0 }' /.stackprep/effects; fi
  sp_emit previewed "$2" "$sp_rc"
}
`,
};

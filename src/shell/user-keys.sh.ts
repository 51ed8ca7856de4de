// Generated from user-keys.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const userKeysSh: ShellFile<'sp_key_folder'> = {
  path: 'shell/user-keys.sh',
  parameters: ["sp_key_folder"],
  text: `# shellcheck shell=sh
# Changes the keys of a user as that user. Uses shell/as-user.sh.
# param sp_key_folder: the text of shell/key-folder.sh
sp_newline='
'
# The marker of a refusal: a notice, or in a check a reason (because).
sp_reason_marker=notice
# sp_in_folder VERB USER FILE [ARG…]: runs a verb of key-folder.sh as the user; sets sp_body to its output, sp_end to how it ended
# and sp_folder to the folder's path. Returns 2 with a reason if it was refused or failed.
sp_in_folder() {
  sp_verb=$1 sp_user=$2 sp_name=$3
  shift 3
  sp_home=$(getent passwd "$sp_user" | cut -d : -f 6)
  sp_folder=$sp_home/.ssh
  case $sp_home in /*) ;; *)
    sp_emit "$sp_reason_marker" user-unknown "$sp_user"
    return 2
    ;;
  esac
  set -- "$sp_user" "$sp_key_folder" sh "$sp_verb" "$sp_home" "$sp_name" "$@"
  sp_body=$(
    [ "$sp_verb" = put ] || exec </dev/null
    sp_as "$@"
    echo x
  )
  sp_body=\${sp_body%"$sp_newline"x}
  sp_end=\${sp_body##*"$sp_newline"}
  case $sp_end in
    'done' | read:absent | read:[0-7][0-7][0-7] | read:[0-7][0-7][0-7][0-7])
      sp_body=\${sp_body%"$sp_newline$sp_end"}
      return 0
      ;;
    refused:*) sp_refuse "\${sp_end#refused:}" ;;
    *)
      printf '%s\\n' "$sp_body" | tail -n 5 | sed 's/^/as the user: /'
      sp_emit "$sp_reason_marker" folder-inaccessible "$sp_folder" "$sp_user"
      ;;
  esac
  return 2
}
# sp_refuse PLACE:KIND:OWNER
sp_refuse() {
  case $1 in home:*) sp_path=$sp_home ;; folder:*) sp_path=$sp_folder ;; *) sp_path=$sp_folder/$sp_name ;; esac
  sp_kind=\${1#*:}
  sp_owner=\${sp_kind#*:}
  case $sp_owner in *[!A-Za-z0-9._-]*) sp_owner='?' ;; esac
  case $sp_kind in
    unreachable:*) sp_emit "$sp_reason_marker" home-inaccessible "$sp_path" "$sp_user" ;;
    owner:*) sp_emit "$sp_reason_marker" path-owner-wrong "$sp_path" "$sp_owner" "$sp_user" ;;
    link:*) sp_emit "$sp_reason_marker" path-is-link "$sp_path" "$sp_user" ;;
    *) if [ "$sp_path" = "$sp_folder" ]; then sp_emit "$sp_reason_marker" path-not-folder "$sp_path"; else sp_emit "$sp_reason_marker" path-not-file "$sp_path"; fi ;;
  esac
}
# sp_need_key USER KEY WHOSE: returns 0 if the user's authorized_keys has the key exactly once and sshd accepts the file; 1 with
# reasons if not; 2 if unknown. WHOSE is the name of the key in reasons.
sp_need_key() {
  sp_in_folder look "$1" authorized_keys "$(printf '%s\\n' "$2" | awk '{ print $2 }')" || return 2
  sp_m=0
  sp_keys=$sp_folder/authorized_keys
  for sp_word in $sp_body; do
    case $sp_word in
      keys:0) sp_because key-missing "$sp_keys" "$3" ;;
      keys:1) continue ;;
      keys:*) sp_because key-repeated "$sp_keys" "$3" ;;
      open) sp_because others-can-write "$sp_home" ;;
      folder-mode) sp_because mode-wrong "$sp_folder" 0700 "$1" ;;
      file-mode) sp_because mode-wrong "$sp_keys" 0600 "$1" ;;
      label) sp_because selinux-context-wrong "$sp_folder" ;;
      *) continue ;;
    esac
    sp_m=1
  done
  return $sp_m
}
# sp_add_key PLACE USER KEY: makes authorized_keys contain the key once, after saving the file for undo.
sp_add_key() {
  sp_in_folder folder "$2" authorized_keys || return 1
  sp_backup_key_file "$1" "$2" authorized_keys || return 1
  sp_in_folder add "$2" authorized_keys "$(printf '%s\\n' "$3" | awk '{ print $2 }')" "$3" || return 1
  printf '%s\\n' "$2 has the key in $sp_folder/authorized_keys"
}
# sp_backup_key_file PLACE USER FILE: saves a file in the user's .ssh before the first and the latest change; the place is
# STEP_ID, or a subfolder of the step's backups.
sp_backup_key_file() {
  sp_in_folder read "$2" "$3" || return 1
  sp_p=$sp_folder/$3
  for sp_k in "$sp_backups/first/$1" "$sp_backups/last/$1"; do
    if [ -e "$sp_k/files$sp_p" ] || [ -L "$sp_k/files$sp_p" ] || [ -e "$sp_k/absent$sp_p" ]; then continue; fi
    if [ "$sp_end" = read:absent ]; then
      mkdir -p "$sp_k/absent\${sp_p%/*}" && : >"$sp_k/absent$sp_p" || return 1
    else
      mkdir -p "$sp_k/files\${sp_p%/*}" && printf %s "$sp_body" >"$sp_k/new" && sp_to_disk "$sp_k/new" || return 1
      mv -f "$sp_k/new" "$sp_k/files$sp_p" || return 1
    fi
    printf '%s\\t%s\\t%s\\n' "$2" "\${sp_end#read:}" "$sp_p" >>"$sp_k/users" || return 1
  done
}
# sp_restore_keys PLACE: restores all files that sp_backup_key_file saved before the first change.
sp_restore_keys() {
  sp_k=$sp_backups/first/$1
  sp_back=0
  if [ ! -d "$sp_k" ]; then
    printf '%s\\n' "no backup of $1"
    return 1
  fi
  for sp_which in files absent; do
    [ -d "$sp_k/$sp_which" ] || continue
    (cd "$sp_k/$sp_which" && find . ! -type d -print) | {
      while read -r sp_p; do sp_restore_key "$sp_which" "\${sp_p#.}" || sp_back=1; done
      exit $sp_back
    } || sp_back=1
  done
  return $sp_back
}
sp_restore_key() {
  sp_row=$(awk -F '\\t' -v path="$2" '$3 == path { print; exit }' "$sp_k/users" 2>/dev/null) || :
  sp_user=\${sp_row%%	*}
  sp_mode=\${sp_row#*	}
  sp_mode=\${sp_mode%%	*}
  if [ -z "$sp_row" ]; then
    # A backup of an earlier version, which did not record the file's owner.
    sp_user=$(getent passwd | awk -F : -v folder="\${2%/*}" '$6 "/.ssh" == folder { print $1; exit }')
    sp_mode=600
  fi
  if [ -z "$sp_user" ] || [ -L "$sp_k/$1$2" ] || [ ! -f "$sp_k/$1$2" ]; then
    sp_emit notice path-owner-unknown "$2"
    return 1
  fi
  if [ "$1" = absent ]; then
    sp_in_folder remove "$sp_user" "\${2##*/}" || return 1
    printf '%s\\n' "removed $2"
  else
    timeout 60 cat "$sp_k/files$2" | sp_in_folder put "$sp_user" "\${2##*/}" "$sp_mode" || return 1
    printf '%s\\n' "restored $2"
  fi
}
`,
};

// Generated from user-keys.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const userKeysSh: ShellFile<'sp_key_folder'> = {
  path: 'shell/user-keys.sh',
  parameters: ["sp_key_folder"],
  text: `# shellcheck shell=sh
# Changes the keys of a user as that user. Uses shell/as-user.sh and shell/key-lines.sh.
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
# sp_key_place USER: sets sp_keys to the first file in which sshd looks for the user's keys (AuthorizedKeysFile), and sp_key_name to
# its name in ~/.ssh, or to nothing if it is elsewhere. Returns 2 with a reason if there is none.
sp_key_place() {
  sp_home=$(getent passwd "$1" | cut -d : -f 6)
  sp_client=\${SSH_CONNECTION:-127.0.0.1}
  sp_client=\${sp_client%% *}
  sp_keys=$(sshd -T -C "user=$1,host=$sp_client,addr=$sp_client,laddr=127.0.0.1,lport=22" 2>/dev/null | awk 'tolower($1) == "authorizedkeysfile" { print $2; exit }') || :
  if [ "$sp_keys" = none ]; then
    sp_emit "$sp_reason_marker" key-files-off "$1"
    return 2
  fi
  sp_keys=$(printf '%s\\n' "\${sp_keys:-.ssh/authorized_keys}" | awk -v home="$sp_home" -v user="$1" -v uid="$(id -u "$1" 2>/dev/null)" '{
    text = $0; out = ""
    while ((i = index(text, "%")) > 0) {
      c = substr(text, i + 1, 1); out = out substr(text, 1, i - 1) (c == "h" ? home : c == "u" ? user : c == "U" ? uid : c); text = substr(text, i + 2)
    }
    print out text
  }')
  case $sp_keys in /*) ;; *) sp_keys=$sp_home/$sp_keys ;; esac
  sp_key_name=
  case $sp_keys in
    "$sp_home"/.ssh/*/*) ;;
    "$sp_home"/.ssh/*) sp_key_name=\${sp_keys##*/} ;;
  esac
  if [ -z "$sp_key_name" ] && ! sp_is_of_root "\${sp_keys%/*}"; then
    sp_emit "$sp_reason_marker" key-file-elsewhere "$sp_keys" "$1"
    return 2
  fi
}
# sp_key_lines look|add FILE BLOB: the same for a file of root.
sp_key_lines() { if [ -e "$2" ]; then cat "$2"; fi | awk -v mode="$1" -v blob="$3" -v client="$sp_client" -v today="$(date +%Y%m%d)" "$sp_key_awk"; }
# sp_look_key USER BLOB: sets sp_body to \`keys:ok\`, \`keys:restricted\` or \`keys:absent\` and to what sshd does not accept; 2 if unknown.
sp_look_key() {
  sp_key_place "$1" || return 2
  if [ -n "$sp_key_name" ]; then
    sp_in_folder look "$1" "$sp_key_name" "$2" "$sp_client" "$sp_key_awk" || return 2
  else
    sp_body=keys:$(sp_key_lines look "$sp_keys" "$2")
  fi
}
# sp_need_key USER KEY WHOSE: returns 0 if a login with the key succeeds by the user's authorized_keys; 1 with reasons if not; 2 if
# unknown. WHOSE is the name of the key in reasons.
sp_need_key() {
  sp_look_key "$1" "$(printf '%s\\n' "$2" | awk '{ print $2 }')" || return 2
  sp_m=0
  for sp_word in $sp_body; do
    case $sp_word in
      keys:absent) sp_because key-missing "$sp_keys" "$3" ;;
      keys:restricted) sp_because key-restricted "$sp_keys" "$3" ;;
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
# sp_add_key PLACE USER KEY: makes a login with the key succeed, after saving the file for undo.
sp_add_key() {
  sp_key_place "$2" || return 1
  sp_blob=$(printf '%s\\n' "$3" | awk '{ print $2 }')
  if [ -z "$sp_key_name" ]; then
    sp_add_root_key "$1" "$3" || return 1
  else
    sp_in_folder folder "$2" "$sp_key_name" || return 1
    sp_backup_key_file "$1" "$2" "$sp_key_name" || return 1
    sp_in_folder add "$2" "$sp_key_name" "$sp_blob" "$sp_client" "$sp_key_awk" "$3" || return 1
    sp_backup_key_end "$1" "$2" "$sp_key_name" || return 1
  fi
  printf '%s\\n' "$2 has the key in $sp_keys"
}
# sp_add_root_key PLACE KEY: adds it to the file sp_keys of root; undo knows the file by the user \`-\`.
sp_add_root_key() {
  if [ "$(sp_key_lines look "$sp_keys" "$sp_blob")" = ok ]; then return 0; fi
  sp_text=$(KEY=$2 sp_key_lines add "$sp_keys" "$sp_blob" && printf x) || return 1
  sp_keys_step=$STEP_ID
  STEP_ID=$1
  sp_backup "$sp_keys"
  sp_put_file "$sp_keys" "\${sp_text%x}" 0644 || return 1
  STEP_ID=$sp_keys_step
  for sp_k in "$sp_backups/first/$1" "$sp_backups/last/$1"; do printf -- '-\\t0\\t%s\\n' "$(sp_real "$sp_keys")" >>"$sp_k/users" || return 1; done
}
# sp_read_key_file USER FILE COPY: copies a file in the user's .ssh to a file of root; sets sp_p to its path. An absent one is empty.
sp_read_key_file() {
  sp_in_folder read "$1" "$2" || return 1
  sp_p=$sp_folder/$2
  if [ "$sp_end" = read:absent ]; then sp_body=; fi
  mkdir -p "\${3%/*}" && printf %s "$sp_body" >"$3" && sp_to_disk "$3"
}
# sp_backup_key_file PLACE USER FILE: saves a file in the user's .ssh before the first and the latest change; the place is
# STEP_ID, or a subfolder of the step's backups. What the user has changed since the last run stays at undo.
sp_backup_key_file() {
  sp_k=$sp_backups/first/$1
  sp_read_key_file "$2" "$3" "$sp_k/now" || return 1
  if sp_is_kept "$sp_k" "$sp_p" && [ "$sp_end" != read:absent ] && ! sp_is_kept "$sp_backups/last/$1" "$sp_p"; then
    sp_adopt "$sp_k" "$sp_p" "$sp_k/now" || return 1
  fi
  for sp_k in "$sp_backups/first/$1" "$sp_backups/last/$1"; do
    if sp_is_kept "$sp_k" "$sp_p"; then continue; fi
    if [ "$sp_end" = read:absent ]; then
      mkdir -p "$sp_k/absent\${sp_p%/*}" && : >"$sp_k/absent$sp_p" || return 1
    else
      mkdir -p "$sp_k/files\${sp_p%/*}" && cp "$sp_backups/first/$1/now" "$sp_k/files$sp_p" || return 1
      sp_to_disk "$sp_k/files$sp_p"
    fi
    printf '%s\\t%s\\t%s\\n' "$2" "\${sp_end#read:}" "$sp_p" >>"$sp_k/users" || return 1
  done
}
# sp_keep_key PATH: saves in \`last\` the present state of a file that sp_backup_key_file or sp_add_root_key has saved in \`first\`.
sp_keep_key() {
  sp_l=$sp_backups/last/$STEP_ID
  sp_row=$(awk -F '\\t' -v path="$1" '$3 == path { print; exit }' "$sp_backups/first/$STEP_ID/users")
  sp_user=\${sp_row%%	*}
  case $sp_user in
    # Of an earlier version, which did not record the owner: its undo leaves the file if the owner can't be found.
    '') return 0 ;;
    -) sp_keep "$1" "$sp_l/files$1" "$sp_l/absent$1" || return 1 ;;
    *)
      sp_read_key_file "$sp_user" "\${1##*/}" "$sp_l/now" || return 1
      sp_row="$sp_user	\${sp_end#read:}	$1"
      if [ "$sp_end" = read:absent ]; then
        mkdir -p "$sp_l/absent\${1%/*}" && mv "$sp_l/now" "$sp_l/absent$1" || return 1
      else mkdir -p "$sp_l/files\${1%/*}" && mv "$sp_l/now" "$sp_l/files$1" || return 1; fi
      ;;
  esac
  printf '%s\\n' "$sp_row" >>"$sp_l/users"
}
# sp_backup_key_end PLACE USER FILE: saves what the step leaves of the file.
sp_backup_key_end() {
  sp_k=$sp_backups/first/$1
  sp_read_key_file "$2" "$3" "$sp_k/now" && mkdir -p "$sp_k/ours\${sp_p%/*}" && mv -f "$sp_k/now" "$sp_k/ours$sp_p"
}
# sp_restore_keys first|last PLACE: takes back the changes of all files that sp_backup_key_file has saved since the first change, or
# makes them what they were before the latest one.
sp_restore_keys() {
  sp_k=$sp_backups/$1/$2
  sp_kept_paths "$sp_k" | {
    sp_back=0
    while IFS= read -r sp_path; do sp_restore_key "$1" "$sp_path" || sp_back=1; done
    exit $sp_back
  }
}
# sp_restore_key first|last PATH
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
  if [ "$sp_user" = - ]; then
    if [ "$1" = first ]; then sp_take_back "$2"; else sp_put_back "$2"; fi
    return
  fi
  sp_o=$sp_k/files$2
  if [ -z "$sp_user" ] || [ -L "$sp_o" ] || { [ ! -f "$sp_o" ] && [ ! -f "$sp_k/absent$2" ]; }; then
    sp_emit notice path-owner-unknown "$2"
    return 1
  fi
  sp_read_key_file "$sp_user" "\${2##*/}" "$sp_k/now" || return 1
  if [ -f "$sp_k/ours$2" ] && ! sp_same_bytes "$sp_k/ours$2" "$sp_k/now"; then
    sp_restore_edited_key "$2"
  elif [ ! -f "$sp_o" ]; then
    sp_in_folder remove "$sp_user" "\${2##*/}" || return 1
    printf '%s\\n' "removed $2"
  else
    timeout 60 cat "$sp_o" | sp_in_folder put "$sp_user" "\${2##*/}" "$sp_mode" || return 1
    printf '%s\\n' "restored $2"
  fi
}
# sp_restore_edited_key PATH: takes the step's change back in a file that was edited since; sp_read_key_file has read it.
sp_restore_edited_key() {
  if [ "$sp_end" = read:absent ]; then
    sp_emit notice not-reverted "$1"
    return 0
  fi
  sp_emit notice partly-reverted "$1"
  [ -f "$sp_o" ] || sp_o=/dev/null
  rm -f "$sp_k/clashes"
  sp_merge "$sp_o" "$sp_k/ours$1" "$sp_k/now" undo "$sp_k/clashes" >"$sp_k/new" || return 1
  if [ ! -s "$sp_k/new" ] && [ "$sp_o" = /dev/null ]; then
    sp_in_folder remove "$sp_user" "\${1##*/}" || return 1
    return 0
  fi
  timeout 60 cat "$sp_k/new" | sp_in_folder put "$sp_user" "\${1##*/}" "\${sp_end#read:}" || return 1
  if [ -s "$sp_k/clashes" ]; then sp_emit notice edited-lines-stay "$1" "$(cat "$sp_k/clashes")"; fi
}
`,
};

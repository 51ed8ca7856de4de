// Generated from users.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const usersSh: ShellFile<'users_accounts' | 'users_sudo' | 'users_keys' | 'users_passwords' | 'users_unread' | 'users_login' | 'users_become'> = {
  path: 'steps/users/users.sh',
  parameters: ["users_accounts","users_sudo","users_keys","users_passwords","users_unread","users_login","users_become"],
  text: `# shellcheck shell=sh
# Users with their keys, password and sudo rule. The login user's access is never removed: not by a rule that ends its sudo, not
# by undo. Uses shell/user-keys.sh, shell/accounts.sh and shell/sudo-rules.sh.
# param users_accounts: lines \`NAME SHELL GROUP…\`, with \`-\` for any shell
# param users_sudo: lines \`NAME nopasswd|password\`
# param users_keys: lines \`NAME TYPE BASE64 COMMENT\`
# param users_passwords: lines \`NAME SECRET\`, the secret with the password
# param users_unread: lines \`NAME FILE\`, keys that could not be read
# param users_login: the login user
# param users_become: how the login becomes root: none or sudo

# sudo reads the files in this folder in the order of their names, and the last matching rule wins; names with a dot are skipped.
users_file=/etc/sudoers.d/stackprep

# Prints the user names.
users_names() { printf %s "$users_accounts" | cut -d ' ' -f 1; }

# users_shell NAME: prints the wanted shell, or \`-\`.
users_shell() { printf %s "$users_accounts" | awk -v name="$1" '$1 == name { print $2 }'; }

# users_groups NAME: prints the wanted groups.
users_groups() { printf %s "$users_accounts" | awk -v name="$1" '$1 == name { $1 = ""; $2 = ""; print }'; }

# users_secret NAME: prints the name of the secret with the password, or nothing.
users_secret() { printf %s "$users_passwords" | awk -v name="$1" '$1 == name { sub(/^[^ ]* /, ""); print }'; }

# Prints the wanted rules file, then an x (to keep newlines in \`$(…)\`); only the x if there must be no file.
users_render_rules() {
  [ -z "$users_sudo" ] || printf '# Written by Stackprep.\\n'
  printf %s "$users_sudo" | awk '{ print $1 " ALL=(ALL) " ($2 == "nopasswd" ? "NOPASSWD: ALL" : "ALL") }'
  echo x
}

# users_need_keys NAME: returns 1 with reasons if a key of the user differs, 2 if that is unknown.
users_need_keys() {
  users_wrong=0
  while read -r users_name users_key; do
    [ "$users_name" = "$1" ] || continue
    sp_need_key "$1" "$users_key" "\${users_key##* }" || {
      [ $? = 1 ] || return 2
      users_wrong=1
    }
  done <<USERS
$users_keys
USERS
  return $users_wrong
}

# users_need_password NAME: returns 1 with a reason if the user's password is not that of the secret.
users_need_password() {
  users_named=$(users_secret "$1")
  if [ -z "$users_named" ]; then return 0; fi
  if ! sp_password_fits "$users_named"; then
    sp_because password-unfit "$1"
    return 2
  fi
  if ! command -v unix_chkpwd >/dev/null; then
    sp_because password-unreadable "$1"
    return 2
  fi
  if sp_user_row "$1" >/dev/null && ! sp_has_password "$1" "$users_named"; then
    sp_because password-differs "$1"
    return 1
  fi
}

# Returns 1 with reasons if the rules differ or are not effective, 2 if sudo can't read its configuration.
users_need_rules() {
  users_text=$(users_render_rules)
  users_text=\${users_text%x}
  if [ -z "$users_text" ]; then
    if [ ! -e "$users_file" ]; then return 0; fi
    sp_because file-obsolete "$users_file"
    return 1
  fi
  if ! command -v visudo >/dev/null; then
    sp_because package-missing sudo
    return 1
  fi
  sp_need_file "$users_file" "$users_text" || return 1
  if [ "$(stat -c '%a %U' "$users_file")" != '440 root' ]; then
    sp_because mode-wrong "$users_file" 0440 root
    return 1
  fi
  if ! visudo -c -q; then
    sp_because sudoers-broken
    return 2
  fi
  while read -r users_name users_want; do
    # The rule of a user that does not exist yet can't be effective.
    if [ -z "$users_name" ] || ! sp_user_row "$users_name" >/dev/null; then continue; fi
    users_is=$(sp_sudo_way "$users_name")
    case $users_is in "$users_want" | unread) continue ;; esac
    sp_because sudo-not-in-effect "$users_name" "$users_is" "$users_want"
    return 2
  done <<USERS
$users_sudo
USERS
}

# Returns 2 with a reason for each key file that could not be read on this computer.
users_need_sources() {
  while read -r users_name users_path; do
    [ -n "$users_name" ] || continue
    sp_because user-key-unread "$users_name" "$users_path"
    return 2
  done <<USERS
$users_unread
USERS
}

users_check() {
  sp_reason_marker=because
  users_missing=0
  users_need_sources || return 2
  for users_one in $(users_names); do
    sp_need_user "$users_one" "$(users_shell "$users_one")" "$(users_groups "$users_one")" || {
      [ $? = 1 ] || return 2
      users_missing=1
    }
    users_need_password "$users_one" || {
      [ $? = 1 ] || return 2
      users_missing=1
    }
    if ! sp_user_row "$users_one" >/dev/null; then continue; fi
    users_need_keys "$users_one" || {
      [ $? = 1 ] || return 2
      users_missing=1
    }
  done
  users_need_rules || {
    [ $? = 1 ] || return 2
    users_missing=1
  }
  return $users_missing
}

# users_backup_account NAME: saves what the step may change of a user, before the first and the latest change: existence, shell,
# groups, and the hash of a password to be set.
users_backup_account() {
  for users_kept in "$sp_backups/first/$STEP_ID" "$sp_backups/last/$STEP_ID"; do
    mkdir -p "$users_kept/accounts" "$users_kept/hashes"
    chmod 0700 "$users_kept"
    if [ ! -e "$users_kept/accounts/$1" ]; then
      if sp_user_row "$1" >/dev/null; then
        printf '%s %s\\n' "$(sp_user_row "$1" | cut -d : -f 7)" "$(id -Gn "$1")" >"$users_kept/accounts/$1"
      else
        echo absent >"$users_kept/accounts/$1"
      fi
    fi
    if [ -z "$(users_secret "$1")" ] || [ -e "$users_kept/hashes/$1" ] || ! sp_user_row "$1" >/dev/null; then continue; fi
    (umask 077 && getent shadow "$1" | cut -d : -f 2 >"$users_kept/hashes/$1")
  done
}

# users_keeps_login WAY: returns 1 with a notice if the login used sudo, could run everything (WAY), and no longer can: without a
# rule, or with one that requires a password that the user does not have.
users_keeps_login() {
  if [ "$users_become" != sudo ]; then return 0; fi
  case $1:$(sp_sudo_way "$users_login") in
    password:none | nopasswd:none) ;;
    nopasswd:password) case $(getent shadow "$users_login" | cut -d : -f 2) in '' | '!'* | '*'*) ;; *) return 0 ;; esac ;;
    *) return 0 ;;
  esac
  sp_emit notice sudo-locks-out "$users_login"
  return 1
}

users_apply() {
  sp_reason_marker=notice
  sp_backup_begin
  sp_backup "$users_file"
  users_before=$(sp_sudo_way "$users_login")
  for users_one in $(users_names); do
    users_backup_account "$users_one"
    sp_make_user "$users_one" "$(users_shell "$users_one")" "$(users_groups "$users_one")"
    users_named=$(users_secret "$users_one")
    [ -z "$users_named" ] || sp_set_password "$users_one" "$users_named"
  done
  while read -r users_name users_key; do
    [ -n "$users_name" ] || continue
    sp_add_key "$STEP_ID/keys" "$users_name" "$users_key"
  done <<USERS
$users_keys
USERS
  users_text=$(users_render_rules)
  if ! sp_put_sudo_rules "$users_file" "\${users_text%x}" || ! users_keeps_login "$users_before"; then
    sp_restore last
    return 1
  fi
}

# users_restore_account first|last NAME: restores the shell and password of a user.
users_restore_account() {
  users_kept=$sp_backups/$1/$STEP_ID
  read -r users_former users_were <"$users_kept/accounts/$2" || return 1
  if [ "$users_former" = absent ]; then return 0; fi
  users_is=$(sp_user_row "$2" | cut -d : -f 7)
  [ "$users_is" = "$users_former" ] || usermod -s "$users_former" "$2" || return 1
  if [ ! -e "$users_kept/hashes/$2" ]; then return 0; fi
  {
    printf '%s:' "$2"
    cat "$users_kept/hashes/$2"
  } | chpasswd -e || return 1
  printf '%s\\n' "$2 has its former password"
}

# Reverts what can lock out the login: rules, shells and passwords from before the latest change.
users_rollback() {
  sp_try sp_restore last
  for users_one in $(users_names); do
    [ ! -e "$sp_backups/last/$STEP_ID/accounts/$users_one" ] || sp_try users_restore_account last "$users_one"
  done
  sp_try_result
}

# users_remove NAME: removes a user that the step created; the home directory stays.
users_remove() {
  users_home=$(sp_user_row "$1" | cut -d : -f 6)
  if [ -z "$users_home" ]; then return 0; fi
  userdel "$1" || return 1
  printf '%s\\n' "removed the user $1"
  sp_emit notice home-stays "$1" "$users_home"
}

# users_leave_groups NAME: removes the user from wanted groups that it was not in before.
users_leave_groups() {
  read -r users_former users_were <"$sp_backups/first/$STEP_ID/accounts/$1"
  for users_group in $(users_groups "$1"); do
    case " $users_were " in *" $users_group "*) continue ;; esac
    if sp_in_group "$1" "$users_group"; then gpasswd -d "$1" "$users_group" || return 1; fi
  done
}

# Restores the rules from before the first change, except the login user's own if the login needs sudo.
users_revert_rules() {
  users_before=$(sp_sudo_way "$users_login")
  users_mine=$(grep "^$users_login " "$users_file" 2>/dev/null) || users_mine=
  sp_restore first || return 1
  case $users_become:$users_before:$(sp_sudo_way "$users_login") in
    sudo:password:none | sudo:nopasswd:none | sudo:nopasswd:password) ;;
    *) return 0 ;;
  esac
  sp_put_file "$users_file" "# Written by Stackprep.$sp_newline$users_mine$sp_newline" 0440
  chmod 0440 "$users_file"
  sp_emit notice login-user-stays "$users_login"
}

# Drops the backup of the login user's keys, so that its keys stay.
users_spare_login_keys() {
  awk -F '\\t' -v name="$users_login" '$1 == name { print $3 }' "$sp_backups/first/$STEP_ID/keys/users" | while read -r users_path; do
    rm -f "$sp_backups/first/$STEP_ID/keys/files$users_path" "$sp_backups/first/$STEP_ID/keys/absent$users_path"
  done
}

# Removes the users that the step created and restores the others; the login user is not changed.
users_revert() {
  sp_reason_marker=notice
  sp_try users_revert_rules
  if [ -d "$sp_backups/first/$STEP_ID/keys" ]; then
    users_spare_login_keys
    sp_try sp_restore_keys first "$STEP_ID/keys"
  fi
  for users_place in "$sp_backups/first/$STEP_ID/accounts"/*; do
    [ -e "$users_place" ] || continue
    users_one=\${users_place##*/}
    if [ "$users_one" = "$users_login" ]; then
      sp_emit notice login-user-stays "$users_login"
    elif [ "$(cat "$users_place")" = absent ]; then
      sp_try users_remove "$users_one"
    else
      sp_try users_restore_account first "$users_one"
      sp_try users_leave_groups "$users_one"
    fi
  done
  sp_try_result
}
`,
};

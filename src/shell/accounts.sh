# shellcheck shell=sh
# Users of the node and their passwords. Uses shell/masking.sh for the secrets.
# sp_user_row NAME: prints its passwd line; returns 1 if there is no such user.
sp_user_row() { getent passwd "$1"; }
# sp_in_group NAME GROUP: returns 0 if the user is in the group.
sp_in_group() { id -Gn "$1" 2>/dev/null | tr ' ' '\n' | grep -qxF -e "$2"; }
# sp_need_user NAME SHELL GROUPS: returns 1 with reasons if the user, its shell (`-` for any) or its groups differ; 2 if the node
# lacks the shell or a group.
sp_need_user() {
  sp_m=0
  if [ "$2" != - ] && [ ! -x "$2" ]; then
    sp_because shell-missing "$2"
    return 2
  fi
  for sp_account_group in $3; do
    if getent group "$sp_account_group" >/dev/null; then continue; fi
    sp_because group-missing "$sp_account_group"
    return 2
  done
  if ! sp_user_row "$1" >/dev/null; then
    sp_because user-missing "$1"
    return 1
  fi
  sp_account_shell=$(sp_user_row "$1" | cut -d : -f 7)
  if [ "$2" != - ] && [ "$sp_account_shell" != "$2" ]; then
    sp_because user-shell "$1" "$sp_account_shell" "$2"
    sp_m=1
  fi
  for sp_account_group in $3; do
    if sp_in_group "$1" "$sp_account_group"; then continue; fi
    sp_because user-not-in-group "$1" "$sp_account_group"
    sp_m=1
  done
  return $sp_m
}
# sp_make_user NAME SHELL GROUPS: creates the user, or sets its shell (`-` for any) and adds missing groups.
sp_make_user() {
  sp_account=$1
  sp_account_shell=$2
  sp_account_groups=$3
  if ! sp_user_row "$sp_account" >/dev/null; then
    set -- -m "$sp_account"
    if [ "$sp_account_shell" != - ]; then set -- -s "$sp_account_shell" "$@"; fi
    # A group of that name may exist from before.
    if getent group "$sp_account" >/dev/null; then set -- -g "$sp_account" "$@"; fi
    useradd "$@"
    printf '%s\n' "created the user $sp_account"
  elif [ "$sp_account_shell" != - ] && [ "$(sp_user_row "$sp_account" | cut -d : -f 7)" != "$sp_account_shell" ]; then
    usermod -s "$sp_account_shell" "$sp_account"
    printf '%s\n' "$sp_account has the shell $sp_account_shell"
  fi
  for sp_account_group in $sp_account_groups; do
    if sp_in_group "$sp_account" "$sp_account_group"; then continue; fi
    usermod -a -G "$sp_account_group" "$sp_account"
    printf '%s\n' "$sp_account is in the group $sp_account_group"
  done
}
# sp_password_fits SECRET: returns 0 if it can be a password: one line, not empty, and not truncated by PAM.
sp_password_fits() {
  sp_password=$(
    sp_secret "$1"
    echo x
  )
  case ${sp_password%x} in '' | *"
"*) return 1 ;; esac
  [ "${#sp_password}" -le 128 ]
}
# sp_has_password NAME SECRET: returns 0 if the secret is the user's password. It is piped to PAM's own helper, which reads up to
# a NUL byte.
sp_has_password() {
  {
    sp_secret "$2"
    printf '\0'
  } | unix_chkpwd "$1" nonull >/dev/null 2>&1
}
# sp_set_password NAME SECRET: sets the password through a pipe, so that it is in no argument and no environment.
sp_set_password() {
  sp_password_fits "$2" || return 1
  if sp_has_password "$1" "$2"; then return 0; fi
  {
    printf '%s:' "$1"
    sp_secret "$2"
    echo
  } | chpasswd || return 1
  printf '%s\n' "$1 has the password of the secret"
}

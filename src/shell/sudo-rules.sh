# shellcheck shell=sh
# sudo rules in a separate file.
# sp_sudo_way NAME: prints how the user may run all commands with sudo: nopasswd, password or none; `unread` if sudo does not
# report it.
sp_sudo_way() {
  sp_list=$(sudo -n -l -U "$1" 2>&1 </dev/null) || case $sp_list in *tty*)
    # requiretty also stops root.
    echo unread
    return 0
    ;;
  esac
  printf '%s\n' "$sp_list" | awk '/^[ \t]+\((ALL|root)( : [A-Za-z0-9_-]+)?\) ([A-Z]+: )*ALL$/ { way = /NOPASSWD: / ? "nopasswd" : "password" } END { print way ? way : "none" }'
}
# sp_put_sudo_rules FILE TEXT: writes the file after a check with visudo, or removes it if the text is empty; returns 1 with a
# notice if visudo rejects it, alone or with the other files.
sp_put_sudo_rules() {
  if [ -z "$2" ]; then
    rm -f "$1"
    return
  fi
  command -v visudo >/dev/null || sp_yum -y install sudo || return 1
  sp_try_file=$(mktemp) || return 1
  printf %s "$2" >"$sp_try_file" || return 1
  if ! visudo -c -f "$sp_try_file"; then
    rm -f "$sp_try_file"
    sp_emit notice sudo-rules-refused
    return 1
  fi
  rm -f "$sp_try_file"
  sp_put_file "$1" "$2" 0440 || return 1
  chown 0:0 "$1" || return 1
  chmod 0440 "$1" || return 1
  if visudo -c -q; then return 0; fi
  sp_emit notice sudoers-broken
  return 1
}

// Generated from sshd.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const sshdSh: ShellFile<'sshd_wanted' | 'sshd_user' | 'sshd_address' | 'sshd_port' | 'sshd_key' | 'sshd_installer'> = {
  path: 'steps/sshd/sshd.sh',
  parameters: ["sshd_wanted","sshd_user","sshd_address","sshd_port","sshd_key","sshd_installer"],
  text: `# shellcheck shell=sh
# Settings of sshd_config where the first value wins: in a drop-in if sshd reads those first, otherwise in a marked block at the
# top of the file. The check does not compare files, but the output of sshd -T for this login. Uses shell/user-keys.sh.
# param sshd_wanted: lines of sshd_config, \`KEY VALUE\`
# param sshd_user: the login user
# param sshd_address: the node's address
# param sshd_port: the port of the connection
# param sshd_key: the blob of the login's public key, or nothing
# param sshd_installer: what installs OpenStack

sshd_dropin=/etc/ssh/sshd_config.d/00-stackprep.conf

# Prints the wanted keys in lower case, without duplicates.
sshd_keys() { printf %s "$sshd_wanted" | awk '!seen[tolower($1)]++ { print tolower($1) }'; }

# sshd_wanted_values KEY: prints the wanted values of a key in lower case, a line each.
sshd_wanted_values() { printf %s "$sshd_wanted" | awk -v key="$1" 'tolower($1) == key { $1 = ""; print tolower(substr($0, 2)) }'; }

# Prints the parameters of this login for sshd -C.
sshd_connection() {
  sshd_client=\${SSH_CONNECTION:-}
  sshd_client=\${sshd_client%% *}
  sshd_client=\${sshd_client:-$sshd_address}
  printf '%s\\n' "user=$sshd_user,host=$sshd_client,addr=$sshd_client,laddr=$sshd_address,lport=$sshd_port"
}

# Prints all effective settings for this login, in sshd's own spelling.
sshd_now() { sshd -T -C "$(sshd_connection)"; }

# sshd_meant NOW: prints the wanted lines in sshd's own spelling, so that they can be compared with NOW, the effective settings.
sshd_meant() {
  sshd_file=$(mktemp)
  {
    printf %s "$sshd_wanted"
    # ListenAddress is printed with the port: without a wanted one it has that of the effective settings.
    if [ -z "$(sshd_wanted_values port)" ]; then printf '%s\\n' "$1" | grep '^port '; fi
  } >"$sshd_file"
  sshd -T -C "$(sshd_connection)" -f "$sshd_file"
  sshd_code=$?
  rm -f "$sshd_file"
  return $sshd_code
}

# sshd_value SETTINGS KEY: prints all values that the output of sshd -T has for a key, sorted, on one line.
sshd_value() {
  sshd_values=$(printf '%s\\n' "$1" | awk -v key="$2" 'tolower($1) == key { $1 = ""; print substr($0, 2) }' | sort)
  # Since 8.7 the old name is an alias.
  if [ -z "$sshd_values" ] && [ "$2" = challengeresponseauthentication ]; then
    sshd_value "$1" kbdinteractiveauthentication
    return
  fi
  printf '%s\\n' "$sshd_values" | tr '\\n' ' ' | sed 's/ $//'
}

# Returns 2 with a reason if the wanted settings would lock out this login.
sshd_need_login() {
  if [ "$sshd_user" = root ]; then
    case $(sshd_wanted_values permitrootlogin | head -n 1) in no | forced-commands-only)
      sp_because sshd-locks-out-root
      return 2
      ;;
    esac
  fi
  if [ "$(sshd_wanted_values passwordauthentication | head -n 1)" != no ]; then return 0; fi
  sp_reason_marker=because
  sp_look_key "$sshd_user" "$sshd_key" || return 2
  case " $(printf %s "$sp_body" | tr '\\n' ' ') " in *' keys:ok '*) return 0 ;; esac
  sp_because sshd-key-missing "$sshd_user"
  return 2
}

# sshd_has KEY IS BE: returns 0 if the effective values are the wanted ones; words of cumulative keywords that no other line takes
# away may have others next to them.
sshd_has() {
  case $1 in acceptenv | hostkey | subsystem) ;; *)
    [ "$2" = "$3" ]
    return
    ;;
  esac
  for sshd_word in $3; do case " $2 " in *" $sshd_word "*) ;; *) return 1 ;; esac done
}

# sshd_lines FILE: prints what sshd reads, in its order, as lines \`FILE LINE TEXT\` separated by tabs, with files of Include.
sshd_lines() {
  [ -r "$1" ] || return 0
  awk -v file="$1" '{ sub(/\\r$/, ""); gsub(/\\t/, " "); print file "\\t" NR "\\t" $0 }' "$1" | while IFS='	' read -r sshd_path sshd_number sshd_line; do
    printf '%s\\t%s\\t%s\\n' "$sshd_path" "$sshd_number" "$sshd_line"
    case $sshd_line in [Ii][Nn][Cc][Ll][Uu][Dd][Ee]\\ * | ' '*[Ii][Nn][Cc][Ll][Uu][Dd][Ee]\\ *)
      for sshd_place in $(printf '%s\\n' "$sshd_line" | awk 'tolower($1) == "include" { $1 = ""; gsub(/"/, ""); print }'); do
        case $sshd_place in /*) ;; *) sshd_place=/etc/ssh/$sshd_place ;; esac
        # A file cannot include itself; sshd ends at 16 levels.
        if [ "$sshd_place" != "$1" ]; then sshd_lines "$sshd_place"; fi
      done
      ;;
    esac
  done
}

# sshd_winner KEY VALUE: prints \`FILE LINE TEXT\` of the line whose value is in effect: one of a Match block before others.
sshd_winner() {
  sshd_lines /etc/ssh/sshd_config | awk -F '\\t' -v key="$1" -v value="$2" -v dropin="$sshd_dropin" '
    function unquoted(text) { gsub(/"/, "", text); gsub(/[ ]+/, " ", text); gsub(/^ | $/, "", text); sub(/^without-password$/, "prohibit-password", text); return tolower(text) }
    $3 ~ /^# BEGIN stackprep/ { skip = $1 } $3 ~ /^# END stackprep/ { skip = "" }
    skip == $1 || $1 == dropin { next }
    { text = $3; sub(/^ +/, "", text); name = tolower(text); sub(/[ =].*/, "", name) }
    $1 != last { last = $1; match_at = held[$1] }
    name == "match" { match_at = text; held[$1] = text }
    name != key { next }
    {
      sub(/^[^ =]+[ =]+/, "", text); rank = (unquoted(text) == unquoted(value) ? 2 : 0) + (match_at != "" ? 1 : 0)
      if (!(rank in found)) found[rank] = $1 "\\t" $2 "\\t" $3
    }
    END { for (rank = 3; rank >= 0; rank--) if (rank in found && rank != 1) { print found[rank]; exit } }'
}

# Returns 0 if the wanted lines are in their place, so that another line must have precedence.
sshd_is_written() {
  if sshd_uses_dropin; then [ -e "$sshd_dropin" ]; else grep -q '^# BEGIN stackprep' /etc/ssh/sshd_config; fi
}

# Returns 0 if all wanted settings are effective for this login, 2 if sshd rejects one or it would lock out the login.
sshd_check() {
  sshd_is=$(sshd_now) || {
    sp_because sshd-config-broken
    return 2
  }
  sshd_be=$(sshd_meant "$sshd_is") || {
    sp_because sshd-setting-refused
    return 2
  }
  sshd_missing=0
  for sshd_name in $(sshd_keys); do
    sshd_old=$(sshd_value "$sshd_is" "$sshd_name")
    sshd_new=$(sshd_value "$sshd_be" "$sshd_name")
    sshd_has "$sshd_name" "$sshd_old" "$sshd_new" || {
      sp_because sshd-setting "$sshd_name" "$sshd_old" "$sshd_new"
      sshd_missing=1
      sshd_is_written || continue
      IFS='	' read -r sshd_path sshd_number sshd_line <<WINNER
$(sshd_winner "$sshd_name" "$sshd_old")
WINNER
      [ -z "$sshd_path" ] || sp_because sshd-set-in "$sshd_path" "$sshd_number" "$sshd_line"
    }
  done
  if [ $sshd_missing = 0 ]; then return 0; fi
  sshd_need_login || return 2
  return 1
}

# Returns 0 if sshd_config starts with the Include of the drop-ins.
sshd_has_dropins() { awk '/^[ \\t]*(#|$)/ { next } { found = tolower($1) == "include" && $0 ~ /sshd_config\\.d\\/\\*\\.conf/; exit } END { exit !found }' /etc/ssh/sshd_config; }

# Returns 0 if the settings belong in a drop-in: unless another one comes before it.
sshd_uses_dropin() {
  sshd_has_dropins || return 1
  for sshd_file in /etc/ssh/sshd_config.d/*.conf; do
    [ -e "$sshd_file" ] || continue
    [ "$(printf '%s\\n' "$sshd_file" "$sshd_dropin" | sort | head -n 1)" = "$sshd_dropin" ]
    return
  done
}

# sshd_render_without FILE: prints the file without Stackprep's block, and with other values of cumulative keywords commented out.
sshd_render_without() {
  awk -v keys="$(sshd_keys | tr '\\n' ' ')" '
    BEGIN { n = split("port allowusers denyusers allowgroups denygroups listenaddress", list, " "); for (i = 1; i <= n; i++) if (index(" " keys, " " list[i] " ")) adds[list[i]] = 1 }
    /^# BEGIN stackprep/ { skip = 1 } skip { if (/^# END stackprep/) skip = 0; next }
    { key = tolower($1); sub(/=.*/, "", key) } key == "match" { inside = 1 }
    !inside && (key in adds) { print "# before stackprep: " $0; next } { print }' "$1"
}

# Prints the wanted drop-in.
sshd_render_dropin() { printf '# Written by Stackprep.\\n%s' "$sshd_wanted"; }

# Prints the wanted sshd_config: with the block at its top unless the lines are in a drop-in.
sshd_render_config() {
  sshd_uses_dropin || printf '# BEGIN stackprep\\n%s# END stackprep\\n' "$sshd_wanted"
  sshd_render_without /etc/ssh/sshd_config
}

# Writes the drop-in and sshd_config if they differ.
sshd_write() {
  for sshd_file in /etc/ssh/sshd_config.d/*.conf; do
    if [ ! -e "$sshd_file" ] || [ "$sshd_file" = "$sshd_dropin" ]; then continue; fi
    sshd_text=$(
      sshd_render_without "$sshd_file"
      printf x
    )
    sp_same_file "$sshd_file" "\${sshd_text%x}" || {
      sp_backup "$sshd_file"
      sp_put_file "$sshd_file" "\${sshd_text%x}"
    }
  done
  if ! sshd_uses_dropin; then rm -f "$sshd_dropin"; else
    sshd_text=$(
      sshd_render_dropin
      printf x
    )
    sp_put_file "$sshd_dropin" "\${sshd_text%x}" 0600
  fi
  sshd_text=$(
    sshd_render_config
    printf x
  )
  sp_same_file /etc/ssh/sshd_config "\${sshd_text%x}" || sp_write_file /etc/ssh/sshd_config "\${sshd_text%x}"
}

# sshd_allow_port PORT: allows the port in SELinux and the firewall.
sshd_allow_port() {
  if command -v getenforce >/dev/null && [ "$(getenforce)" != Disabled ]; then
    if ! command -v semanage >/dev/null; then
      case $sp_el in 7) sp_yum -y install policycoreutils-python ;; *) sp_yum -y install policycoreutils-python-utils ;; esac
    fi
    semanage port -l | awk '$1 == "ssh_port_t"' | tr ',' ' ' | grep -qw "$1" || semanage port -a -t ssh_port_t -p tcp "$1"
  fi
  if systemctl -q is-active firewalld; then
    firewall-cmd --permanent --add-port="$1/tcp"
    firewall-cmd --add-port="$1/tcp"
  fi
}

# Reports what the user must know: Packstack logs in as root, and the former port stays open next to a new one.
sshd_notices() {
  if [ "$sshd_installer" = packstack ]; then sp_emit notice packstack-needs-root; fi
  # shellcheck disable=SC2046 # a list of ports
  set -- $(sshd_wanted_values port)
  if [ $# -ge 2 ]; then sp_emit notice sshd-both-ports "$1" "$sshd_port"; fi
}

# Writes the settings, tests them with sshd, allows new ports and reloads sshd; restores the files if the test fails.
sshd_apply() {
  sp_backup_begin
  sp_backup /etc/ssh/sshd_config "$sshd_dropin"
  sshd_write
  if ! sshd -t; then
    sp_restore last
    return 1
  fi
  for sshd_number in $(sshd_wanted_values port); do
    if [ "$sshd_number" != 22 ]; then sshd_allow_port "$sshd_number"; fi
  done
  systemctl reload sshd
  sshd_notices
}

# sshd_restore first|last: restores the files, tests them, and reloads sshd.
sshd_restore() {
  sp_try sp_restore "$1"
  sp_try sshd -t
  sp_try systemctl reload-or-restart sshd
  sp_try_result
}

# The state before the latest change.
sshd_rollback() { sshd_restore last; }

# The state before the first change; ports allowed in SELinux or the firewall stay allowed.
sshd_revert() { sshd_restore first; }
`,
};

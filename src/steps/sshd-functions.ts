import type { ClusterNode } from '../cluster/model.ts';
import { type ShellText, sh } from '../shell/command.ts';

/**
 * Shell functions of the step sshd. `$sp_wanted` are the wanted lines; `sp_sshd_meant` is what sshd makes of them alone,
 * in its own spelling, so that what it says of the real configuration can be compared word by word.
 */
export function sshdFunctions({ ssh, address }: ClusterNode, namesPort: boolean): ShellText {
  // ListenAddress is told with the port: without one of its own it takes that of the real configuration.
  const port = namesPort ? sh`:` : sh`printf '%s\\n' "$1" | grep '^port '`;
  return sh`sp_dropin=/etc/ssh/sshd_config.d/00-stackprep.conf
sp_client=\${SSH_CONNECTION:-}; sp_client=\${sp_client%% *}
sp_spec=user=${ssh.user},host=\${sp_client:-${address}},addr=\${sp_client:-${address}},laddr=${address},lport=${ssh.port}
sp_sshd_now() { sshd -T -C "$sp_spec"; }
sp_sshd_meant() {
  sp_c=$(mktemp)
  { printf %s "$sp_wanted"; ${port}; } >"$sp_c"
  sshd -T -C "$sp_spec" -f "$sp_c"; sp_rc=$?
  rm -f "$sp_c"
  return $sp_rc
}
sp_sshd_value() {
  sp_v=$(printf '%s\\n' "$1" | awk -v key="$2" 'tolower($1) == key { $1 = ""; print substr($0, 2) }' | sort)
  # From 8.7 on the old name is an alias.
  if [ -z "$sp_v" ] && [ "$2" = challengeresponseauthentication ]; then sp_sshd_value "$1" kbdinteractiveauthentication; return; fi
  printf '%s\\n' "$sp_v" | tr '\\n' ' ' | sed 's/ $//'
}
sp_has_dropins() { awk '/^[ \\t]*(#|$)/ { next } { found = tolower($1) == "include" && $0 ~ /sshd_config\\.d\\/\\*\\.conf/; exit } END { exit !found }' /etc/ssh/sshd_config; }
sp_sshd_without() {
  awk -v keys="$(printf '%s' "$sp_wanted" | awk '{ print tolower($1) }' | tr '\\n' ' ')" '
    BEGIN { n = split("port allowusers denyusers allowgroups denygroups listenaddress", list, " "); for (i = 1; i <= n; i++) if (index(" " keys, " " list[i] " ")) adds[list[i]] = 1 }
    /^# BEGIN stackprep/ { skip = 1 } skip { if (/^# END stackprep/) skip = 0; next }
    { key = tolower($1); sub(/=.*/, "", key) } key == "match" { inside = 1 }
    !inside && (key in adds) { print "# before stackprep: " $0; next } { print }' "$1"
}
sp_sshd_write() {
  for sp_f in /etc/ssh/sshd_config.d/*.conf; do
    if [ ! -e "$sp_f" ] || [ "$sp_f" = "$sp_dropin" ]; then continue; fi
    sp_text=$(sp_sshd_without "$sp_f"; printf x); sp_text=\${sp_text%x}
    sp_same_file "$sp_f" "$sp_text" || { sp_keep sshd "$sp_f"; sp_put_file "$sp_f" "$sp_text"; }
  done
  sp_rest=$(sp_sshd_without /etc/ssh/sshd_config; printf x); sp_rest=\${sp_rest%x}
  if sp_has_dropins; then
    sp_put_file "$sp_dropin" "# Written by Stackprep.
$sp_wanted" 0600
  else
    sp_rest="# BEGIN stackprep
\${sp_wanted}# END stackprep
$sp_rest"
  fi
  sp_same_file /etc/ssh/sshd_config "$sp_rest" || sp_write_file /etc/ssh/sshd_config "$sp_rest"
}
sp_allow_port() {
  if command -v getenforce >/dev/null && [ "$(getenforce)" != Disabled ]; then
    if ! command -v semanage >/dev/null; then
      case $sp_el in 7) sp_yum -y install policycoreutils-python;; *) sp_yum -y install policycoreutils-python-utils;; esac
    fi
    semanage port -l | awk '$1 == "ssh_port_t"' | tr ',' ' ' | grep -qw "$1" || semanage port -a -t ssh_port_t -p tcp "$1"
  fi
  if systemctl -q is-active firewalld; then
    firewall-cmd --permanent --add-port="$1/tcp"
    firewall-cmd --add-port="$1/tcp"
  fi
}`;
}

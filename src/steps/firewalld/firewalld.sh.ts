// Generated from firewalld.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const firewalldSh: ShellFile<'firewalld_wanted' | 'firewalld_ports' | 'firewalld_inner_ports' | 'firewalld_sources' | 'firewalld_device'> = {
  path: 'steps/firewalld/firewalld.sh',
  parameters: ["firewalld_wanted","firewalld_ports","firewalld_inner_ports","firewalld_sources","firewalld_device"],
  text: `# shellcheck shell=sh
# The firewall: running with the required ports open, or disabled.
# param firewalld_wanted: \`enabled\` or \`disabled\`
# param firewalld_ports: ports open to everyone, \`8774/tcp\` or \`5900-5999/tcp\`, separated by blanks
# param firewalld_inner_ports: ports open to the cluster's nodes, separated by blanks
# param firewalld_sources: sources of the nodes' connections, lines \`ipv4|ipv6 ADDRESS[/PREFIX]\`
# param firewalld_device: the management interface, or nothing

# Prints sshd's ports, including those in its file: the connection must survive. Old versions of sshd report them only for a given
# login.
firewalld_ssh_ports() { sshd -T -C user=root,host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22 | awk '$1 == "port" { print $2 "/tcp" }'; }

# Prints all ports to open to everyone, sshd's first, separated by white space.
firewalld_render_ports() {
  firewalld_ssh_ports
  printf '%s\\n' "$firewalld_ports"
}

# Prints a rich rule for each source and inner port, in firewalld's own format, so that it is recognized later.
firewalld_render_rules() {
  for firewalld_inner in $firewalld_inner_ports; do
    printf '%s' "$firewalld_sources" | while read -r firewalld_family firewalld_source; do
      printf 'rule family="%s" source address="%s" port port="%s" protocol="%s" accept\\n' "$firewalld_family" "$firewalld_source" "\${firewalld_inner%/*}" "\${firewalld_inner#*/}"
    done
  done
}

# firewalld_not_open WANTED OPEN: prints the wanted ports that no open port or range covers.
firewalld_not_open() {
  printf '%s\\n' "$2" | tr ' ' '\\n' | awk -v wanted="$1" '
    function read_port(text, part, n) { n = split(text, part, "[-/]"); low = part[1] + 0; high = part[n - 1] + 0; kind = part[n] }
    NF { read_port($0); lows[NR] = low; highs[NR] = high; kinds[NR] = kind }
    END {
      n = split(wanted, list, " ")
      for (i = 1; i <= n; i++) {
        read_port(list[i]); open = 0
        for (k in lows) if (kinds[k] == kind && lows[k] <= low && highs[k] >= high) open = 1
        if (!open) print list[i]
      }
    }'
}

# Each call of firewalld's tools starts Python, so one call lists what is needed.
# firewalld_get LIST KEY: prints a value of firewalld_zone, such as \`ports\`, in the output of \`--list-all\` or \`--list-all-zones\`.
firewalld_get() {
  printf '%s\\n' "$1" | awk -v zone="$firewalld_zone" -v key="$2" '
    /^[^ \\t]/ { here = $1 == zone; next }
    here && /^  [^ \\t]/ { at = index($0, ":"); inside = substr($0, 3, at - 3) == key; if (inside && NF > split(key, word, " ")) print substr($0, at + 2); next }
    here && inside && sub(/^\\t+/, "") { print }'
}

# Prints the zone for interfaces without one. Source: firewalld.conf(5) and firewall/core/io/firewalld_conf.py: the first value is used.
firewalld_default_zone() {
  { cat /etc/firewalld/firewalld.conf 2>/dev/null || :; } |
    awk -F = '$1 ~ /^[ \\t]*DefaultZone[ \\t]*$/ { gsub(/[ \\t\\r]/, "", $2); zone = $2; exit } END { print zone ? zone : "public" }'
}

# Prints the zone that NetworkManager or the network service will give the management interface, or nothing.
firewalld_zone_of_profile() {
  firewalld_profile=$(nmcli -g GENERAL.CON-UUID device show "$firewalld_device" 2>/dev/null)
  if [ -n "$firewalld_profile" ]; then nmcli -g connection.zone connection show "$firewalld_profile"; else
    sp_env_value "/etc/sysconfig/network-scripts/ifcfg-$firewalld_device" ZONE
  fi
}

# Sets firewalld_zone to the current or future zone of the management interface, firewalld_zones to what all zones have now, or if
# firewalld is not running, from its next start on, and firewalld_places to the names of all zones that take connections of the nodes.
firewalld_find_zone() {
  firewalld_zone=
  if systemctl -q is-active firewalld; then set -- firewall-cmd; else
    set -- firewall-offline-cmd
    if [ -n "$firewalld_device" ]; then firewalld_zone=$(firewalld_zone_of_profile); fi
  fi
  firewalld_zones=$("$@" --list-all-zones)
  [ -n "$firewalld_zone" ] || firewalld_zone=$(printf '%s\\n' "$firewalld_zones" | awk -v device="$firewalld_device" '
    /^[^ \\t]/ { zone = $1 }
    $1 == "interfaces:" && device != "" { for (i = 2; i <= NF; i++) if ($i == device) { print zone; exit } }')
  if [ -z "$firewalld_zone" ]; then
    if [ "$1" = firewall-cmd ]; then firewalld_zone=$(firewall-cmd --get-default-zone); else firewalld_zone=$(firewalld_default_zone); fi
  fi
  firewalld_places="$firewalld_zone $(firewalld_source_zones | grep -vxF -e "$firewalld_zone" | tr '\\n' ' ')"
}

# Prints the zones that a source of the nodes' connections belongs to, unless they accept everything: a source has precedence over an
# interface (firewalld.zones(5)).
firewalld_source_zones() {
  printf '%s\\n' "$firewalld_zones" | NODES=$firewalld_sources awk '
    function number(address,  part) { split(address, part, "."); return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4] }
    function meet(a, b,  p, q, size) {
      split(a, p, "/"); split(b, q, "/")
      if (p[1] !~ /^[0-9.]+$/ || q[1] !~ /^[0-9.]+$/) return p[1] == q[1]
      size = p[2] == "" ? 32 : p[2]; if (q[2] != "" && q[2] + 0 < size + 0) size = q[2]
      return int(number(p[1]) / 2 ^ (32 - size)) == int(number(q[1]) / 2 ^ (32 - size))
    }
    BEGIN { n = split(ENVIRON["NODES"], line, "\\n"); for (i = 1; i <= n; i++) { split(line[i], part, " "); node[i] = part[2] } }
    /^[^ \\t]/ { zone = $1; open = 0 }
    $1 == "target:" { open = $2 == "ACCEPT" }
    $1 == "sources:" && !open { for (k = 2; k <= NF; k++) for (i = 1; i <= n; i++) if (node[i] != "" && meet(node[i], $k)) { print zone; next } }'
}

# firewalld_each_zone COMMAND…: calls it with firewalld_zone set to each of firewalld_places.
firewalld_each_zone() {
  for firewalld_zone in $firewalld_places; do "$@"; done
  firewalld_zone=\${firewalld_places%% *}
}

# Sets firewalld_saved to what firewalld_zone has from the next start on.
firewalld_find_saved() {
  if systemctl -q is-active firewalld; then
    firewalld_saved=$(firewall-cmd --permanent --zone="$firewalld_zone" --list-all)
  else firewalld_saved=$firewalld_zones; fi
}

# firewalld_check_ports CODE LIST: gives a reason for each port of firewalld_all that is closed in firewalld_zone, and one for
# missing rules; sets firewalld_missing.
firewalld_check_ports() {
  firewalld_services=" $(firewalld_get "$2" services) "
  for firewalld_port in $(firewalld_not_open "$firewalld_all" "$(firewalld_get "$2" ports)"); do
    case $firewalld_port$firewalld_services in "22/tcp "*' ssh '*) continue ;; esac
    sp_because "$1" "$firewalld_port" "$firewalld_zone"
    firewalld_missing=1
  done
  firewalld_rules=$(firewalld_get "$2" 'rich rules')
  firewalld_closed=$(firewalld_render_rules | grep -vxF "$firewalld_rules" | sed 's/.*port port="\\([^"]*\\)" protocol="\\([^"]*\\)".*/\\1\\/\\2/' | sort -u | tr '\\n' ' ')
  if [ -n "$firewalld_closed" ]; then
    sp_because "$1" "$firewalld_closed" "$firewalld_zone"
    firewalld_missing=1
  fi
}

# Sets firewalld_missing if firewalld_zone lacks something, at boot or now.
firewalld_check_zone() {
  firewalld_find_saved
  firewalld_check_ports port-closed-at-boot "$firewalld_saved"
  firewalld_check_ports port-closed "$firewalld_zones"
}

# Returns 0 if firewalld is running with all ports open, now and at boot.
firewalld_check_on() {
  sp_need_package firewalld || return 1
  firewalld_missing=0
  sp_need_unit firewalld enabled || firewalld_missing=1
  # Without sshd's port, starting a firewall could cut the connection.
  if [ -z "$(firewalld_ssh_ports)" ]; then
    sp_because sshd-config-broken
    return 2
  fi
  if ! systemctl -q is-active firewalld; then return 1; fi
  firewalld_find_zone
  firewalld_all=$(firewalld_render_ports | tr '\\n' ' ')
  firewalld_each_zone firewalld_check_zone
  return $firewalld_missing
}

# Returns 0 if firewalld is not installed, or stopped and disabled.
firewalld_check_off() {
  if ! sp_has_unit firewalld; then return 0; fi
  sp_need_unit firewalld disabled
}

# Returns 0 if the firewall is as wanted.
firewalld_check() {
  if [ "$firewalld_wanted" = enabled ]; then firewalld_check_on; else firewalld_check_off; fi
}

# firewalld_add COMMAND…: opens all ports in firewalld_zone with the command, which takes either ports or rules.
firewalld_add() {
  set -- "$@" --zone="$firewalld_zone"
  firewalld_options=
  for firewalld_port in $(firewalld_render_ports); do firewalld_options="$firewalld_options --add-port=$firewalld_port"; done
  # shellcheck disable=SC2086 # a list of options
  "$@" $firewalld_options
  firewalld_rules=$(firewalld_render_rules)
  if [ -z "$firewalld_rules" ]; then return 0; fi
  while read -r firewalld_rule; do set -- "$@" --add-rich-rule="$firewalld_rule"; done <<FIREWALLD_RULES
$firewalld_rules
FIREWALLD_RULES
  "$@"
}

# Adds to the list of what undo closes: \`ZONE --remove-…\` for each port and rule that the zone does not have yet.
firewalld_record() {
  firewalld_list=$sp_backups/first/$STEP_ID/opened
  firewalld_find_saved
  firewalld_open=" $(firewalld_get "$firewalld_saved" ports) "
  for firewalld_port in $(firewalld_render_ports); do
    case $firewalld_open in *" $firewalld_port "*) ;; *) printf '%s --remove-port=%s\\n' "$firewalld_zone" "$firewalld_port" >>"$firewalld_list" ;; esac
  done
  firewalld_rules=$(firewalld_get "$firewalld_saved" 'rich rules')
  firewalld_render_rules | grep -vxF "$firewalld_rules" | sed "s/^/$firewalld_zone --remove-rich-rule=/" >>"$firewalld_list" || :
}

# Saves the file of firewalld_zone, of which firewalld keeps its own copy, and what undo closes.
firewalld_save() {
  sp_backup "/etc/firewalld/zones/$firewalld_zone.xml" "/etc/firewalld/zones/$firewalld_zone.xml.old"
  firewalld_record
}

# Installs firewalld, opens the ports, then starts it.
firewalld_apply_on() {
  sp_installed firewalld || sp_yum -y install firewalld
  firewalld_find_zone
  firewalld_each_zone firewalld_save
  if systemctl -q is-active firewalld; then
    firewalld_each_zone firewalld_add firewall-cmd --permanent
    firewalld_each_zone firewalld_add firewall-cmd
  else
    firewalld_each_zone firewalld_add firewall-offline-cmd
  fi
  systemctl enable firewalld
  systemctl start firewalld
  # It responds only once its rules are in effect, which is later than its name appears on the bus.
  firewall-cmd --state
}

# Saves the state of the service and the zone, then applies.
firewalld_apply() {
  sp_backup_begin
  sp_backup_unit firewalld
  if [ "$firewalld_wanted" = enabled ]; then
    firewalld_apply_on
  else
    systemctl stop firewalld
    systemctl disable firewalld
  fi
}

# firewalld_restore first|last: restores the zone file and the state of the service.
firewalld_restore() {
  sp_try sp_restore "$1"
  sp_try sp_restore_units "$1"
  if systemctl -q is-active firewalld; then sp_try firewall-cmd --reload; fi
  sp_try_result
}

# The state before the latest change.
firewalld_rollback() { firewalld_restore last; }

# Closes what the step opened in zones that were changed since; their files are no longer restored.
firewalld_close() {
  firewalld_kept=$sp_backups/first/$STEP_ID
  [ -e "$firewalld_kept/opened" ] || return 0
  if systemctl -q is-active firewalld; then set -- firewall-cmd --permanent; else set -- firewall-offline-cmd; fi
  cut -d ' ' -f 1 "$firewalld_kept/opened" | sort -u | while read -r firewalld_zone; do
    firewalld_path=$(sp_real "/etc/firewalld/zones/$firewalld_zone.xml")
    sp_k=$firewalld_kept
    if [ ! -e "$firewalld_path" ] || sp_is_ours "$firewalld_path"; then continue; fi
    sp_emit notice partly-reverted "$firewalld_path"
    awk -v zone="$firewalld_zone" '$1 == zone { sub(/^[^ ]+ /, ""); if (!seen[$0]++) print }' "$firewalld_kept/opened" | while IFS= read -r firewalld_option; do
      "$@" --zone="$firewalld_zone" "$firewalld_option"
    done
    rm -f "$firewalld_kept/files$firewalld_path" "$firewalld_kept/absent$firewalld_path"
  done
}

# The state before the first change; what was changed in the zone since stays.
firewalld_revert() {
  if [ "$firewalld_wanted" = enabled ]; then
    sp_try firewalld_close
    firewalld_restore first
  else sp_restore_units first; fi
}
`,
};

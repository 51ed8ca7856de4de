// Generated from chrony.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const chronySh: ShellFile<'chrony_packages' | 'chrony_servers' | 'chrony_addresses' | 'chrony_node' | 'chrony_lines' | 'chrony_refused' | 'chrony_names'> = {
  path: 'steps/chrony/chrony.sh',
  parameters: ["chrony_packages","chrony_servers","chrony_addresses","chrony_node","chrony_lines","chrony_refused","chrony_names"],
  text: `# shellcheck shell=sh
# Time synchronization with chrony. Uses shell/service.sh.
# param chrony_packages: its package names, one line per EL version
# param chrony_servers: the node's time servers, separated by a comma and a blank; empty if there are none
# param chrony_addresses: the servers given by address, separated by blanks
# param chrony_node: the node's address
# param chrony_lines: the lines \`server …\` and \`allow …\` of its file
# param chrony_refused: an invalid value, \`KEY VALUE\` on one line; empty if all are valid
# param chrony_names: host names after \`allow\`, separated by blanks

chrony_file=/etc/chrony.conf

# Prints the wanted file, then an x; other sources are commented out if the cluster file has servers. Directives are in any case.
chrony_render_file() {
  chrony_text=$(
    sp_without_block "$chrony_file" | awk -v drop="$chrony_servers" 'drop != "" && tolower($1) ~ /^(server|pool|peer)$/ { print "#" $0; next } { print }'
    printf x
  )
  sp_put_block "\${chrony_text%x}" "$chrony_lines"
}

# Prints the configuration file and those that it includes, one on a line.
chrony_files() {
  printf '%s\\n' "$chrony_file"
  tr -d '\\r' <"$chrony_file" | awk 'tolower($1) == "include" { print $2 } tolower($1) == "confdir" { for (i = 2; i <= NF; i++) print $i "/*.conf" }' |
    while read -r chrony_place; do
      # shellcheck disable=SC2086 # a pattern, as chronyd takes it
      for chrony_found in $chrony_place; do [ ! -f "$chrony_found" ] || printf '%s\\n' "$chrony_found"; done
    done
}

# Prints the lines that stop what the cluster file wants, as \`FILE LINE TEXT\`: sources that are never enough or never trusted, and
# where other nodes need an answer, those that close the port.
chrony_obstacles() {
  # shellcheck disable=SC2046 # names without blanks
  awk -v many="$(printf '%s' "$chrony_lines" | grep -c '^server ')" -v serves="$(printf '%s' "$chrony_lines" | grep -c '^allow ')" -v own="$chrony_node" '
    { key = tolower($1) }
    key == "minsources" && many && $2 > many || key == "authselectmode" && many && tolower($2) == "require" { print FILENAME, FNR, $0 }
    key == "port" && serves { if ($2 == 0) port = FILENAME " " FNR " " $0; else port = "" }
    key == "bindaddress" && serves && $2 ~ /[.]/ { bind = $2 == own || $2 == "0.0.0.0" ? "" : FILENAME " " FNR " " $0 }
    END { if (port != "") print port; if (bind != "") print bind }' $(chrony_files)
}

# Prints a file for a node without one.
chrony_render_default() { printf 'driftfile /var/lib/chrony/drift\\nmakestep 1.0 3\\nrtcsync\\n'; }

# chrony_need_values because|notice: returns 2, with a reason or a notice, if chronyd would not start with a value.
chrony_need_values() {
  if [ -n "$chrony_refused" ]; then
    sp_emit "$1" chrony-value-refused "\${chrony_refused%% *}" "\${chrony_refused#* }"
    return 2
  fi
  for chrony_name in $chrony_names; do
    getent hosts "$chrony_name" >/dev/null || {
      sp_emit "$1" chrony-value-refused allow "$chrony_name"
      return 2
    }
  done
}

# Prints the sources that chronyd lists.
chrony_sources() { chronyc -n sources 2>/dev/null | awk '/^[\\^=#]/ { print $2 }'; }

# Returns 0 if chronyd lists sources, including all servers given by address.
chrony_has_sources() {
  chrony_listed=$(chrony_sources)
  if [ -z "$chrony_listed" ]; then return 1; fi
  for chrony_address in $chrony_addresses; do
    printf '%s\\n' "$chrony_listed" | grep -qxF "$chrony_address" || return 1
  done
}

# Returns 0 if chronyd has selected a source.
chrony_is_synchronised() { chronyc -n sources 2>/dev/null | grep -q '^[\\^=#]\\*'; }

chrony_check() {
  chrony_need_values because || return 2
  sp_pick_packages "$chrony_packages"
  sp_need_packages || return $?
  sp_missing=0
  if [ -e "$chrony_file" ]; then
    chrony_list=$(chrony_obstacles)
    if [ -n "$chrony_list" ]; then
      printf '%s\\n' "$chrony_list" | while read -r chrony_place chrony_number chrony_line; do sp_because chrony-obstacle "$chrony_place" "$chrony_number" "$(printf %s "$chrony_line" | tr '\\t\\r' '  ')"; done
      return 2
    fi
    chrony_text=$(chrony_render_file)
    sp_need_file "$chrony_file" "\${chrony_text%x}" || sp_missing=1
  else
    sp_because file-missing "$chrony_file"
    sp_missing=1
  fi
  sp_need_unit chronyd || sp_missing=1
  if ! chrony_has_sources; then
    sp_because chrony-without-source "$chrony_servers"
    sp_missing=1
  fi
  if ! chrony_serves; then sp_missing=1; fi
  return $sp_missing
}

# Returns 1 with a reason if the running chronyd refuses an address that the cluster file allows.
chrony_serves() {
  for chrony_range in $(printf '%s' "$chrony_lines" | awk '$1 == "allow" && $2 ~ /^[0-9a-fA-F.:]+(\\/[0-9]+)?$/ { sub(/\\/.*/, "", $2); print $2 }'); do
    case $(chronyc accheck "$chrony_range" 2>/dev/null) in *denied*)
      sp_because chrony-refuses "$chrony_range"
      return 1
      ;;
    esac
  done
}

chrony_apply() {
  chrony_need_values notice || return 2
  sp_pick_packages "$chrony_packages"
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  sp_backup_begin
  sp_backup "$chrony_file"
  sp_backup_unit chronyd
  [ -e "$chrony_file" ] || chrony_render_default >"$chrony_file"
  chrony_text=$(chrony_render_file)
  sp_same_file "$chrony_file" "\${chrony_text%x}" || sp_write_file "$chrony_file" "\${chrony_text%x}"
  sp_start chronyd
  chrony_tries=0
  until chrony_has_sources || [ "$chrony_tries" -ge 15 ]; do
    chrony_tries=$((chrony_tries + 1))
    sleep 1
  done
  chronyc -n sources
  chrony_is_synchronised || sp_emit notice chrony-not-synchronised
}

chrony_revert() {
  sp_restore first
  sp_restore_units first
  systemctl try-restart chronyd
}
`,
};

// Generated from hosts-file.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const hostsFileSh: ShellFile<'hosts_file_names' | 'hosts_file_entries' | 'hosts_file_title'> = {
  path: 'steps/hosts-file/hosts-file.sh',
  parameters: ["hosts_file_names","hosts_file_entries","hosts_file_title"],
  text: `# shellcheck shell=sh
# A marked block in /etc/hosts with the addresses and names of all nodes.
# param hosts_file_names: the cluster's names that other lines must not have, separated by blanks; \`NAME=ADDRESS\` where a line of
#   that address may have it, to give the node its full name
# param hosts_file_entries: the lines of the block, \`ADDRESS NAME…\` each
# param hosts_file_title: the name of the cluster, on one line

hosts_file_path=/etc/hosts

# Awk: \`strip(line)\` removes the names from a line, so that no name has two addresses; comments stay. Returns an empty text if no
# name is left, and sets \`hit\` if it removed any. Names are compared like in glibc, ignoring case.
hosts_file_strip='
BEGIN {
  n = split(names, list, " ")
  for (i = 1; i <= n; i++) {
    at = index(list[i], "="); key = tolower(at ? substr(list[i], 1, at - 1) : list[i]); address = at ? substr(list[i], at + 1) : ""
    if (!(key in ours)) ours[key] = address
    else if (ours[key] != address) ours[key] = ""
  }
}
function strip(text,  at, line, note, word, address, name, left, any) {
  hit = 0; match(text, /#.*|[ \\t\\r]*$/)
  note = substr(text, RSTART); line = substr(text, 1, RSTART - 1); left = ""
  while (match(line, /^[ \\t\\r]*[^ \\t\\r]+/)) {
    word = substr(line, 1, RLENGTH); line = substr(line, RLENGTH + 1); name = word; gsub(/[ \\t\\r]/, "", name)
    if (address == "") { address = name; left = word; continue }
    if (tolower(name) in ours && (ours[tolower(name)] == "" || ours[tolower(name)] != address)) hit = 1; else { left = left word; any = 1 }
  }
  if (!hit) return text
  return any ? left line note : ""
}
/^# BEGIN stackprep/ { skip = 1 }
skip { if (/^# END stackprep/) skip = 0; next }'

# hosts_file_without NAMES FILE: prints the file without the block, and without the names in other lines.
hosts_file_without() {
  awk -v names="$1" "$hosts_file_strip"' { line = strip($0); if (!hit || line != "") print line }' "$2"
}

# Prints a file for a node without one.
hosts_file_render_default() { printf '127.0.0.1 localhost\\n::1 localhost\\n'; }

# Prints \`NAME FULL-NAME\` for each short name of the cluster that the file gives a full name, on a line with another address or in
# the block: without it \`hostname -f\` would lose the domain.
hosts_file_full_names() {
  printf '%s' "$hosts_file_entries" | awk '
    NR == FNR { if ($2 !~ /[.]/) address[tolower($2)] = $1; next }
    { inside = /^# BEGIN stackprep/ ? 1 : /^# END stackprep/ ? 0 : inside; sub(/#.*/, ""); gsub(/\\r/, " ") }
    {
      for (i = 2; i <= NF; i++) {
        name = tolower($i)
        if (!(name in address) || (!inside && $1 == address[name])) continue
        for (j = 2; j <= NF; j++) if (index(tolower($j), name ".") == 1 && !(name in full)) { full[name] = $j; print name, $j }
      }
    }' - "$hosts_file_path"
}

# Prints the lines of the block, with full names before short ones.
hosts_file_render_block() {
  printf '%s' "$hosts_file_entries" | awk -v full="$(printf %s "$hosts_file_full" | tr '\\n' ' ')" '
    BEGIN { n = split(full, list, " "); for (i = 1; i < n; i += 2) of[list[i]] = list[i + 1] }
    tolower($2) in of { sub(/ /, " " of[tolower($2)] " ") } { print }'
}

# Prints the wanted file, then an x.
hosts_file_render() {
  hosts_file_full=$(hosts_file_full_names) || return 1
  hosts_file_without "$hosts_file_names $(printf '%s\\n' "$hosts_file_full" | awk '{ print $2 }' | tr '\\n' ' ')" "$hosts_file_path" || return 1
  printf '# BEGIN stackprep %s\\n' "$hosts_file_title"
  hosts_file_render_block
  printf '# END stackprep %s\\nx' "$hosts_file_title"
}

# Returns 0 if every begin mark has an end mark.
hosts_file_is_whole() {
  [ "$(grep -c '^# BEGIN stackprep' "$hosts_file_path")" = "$(grep -c '^# END stackprep' "$hosts_file_path")" ]
}

hosts_file_check() {
  if [ ! -e "$hosts_file_path" ]; then
    sp_because file-missing "$hosts_file_path"
    return 1
  fi
  if ! hosts_file_is_whole; then
    sp_because hosts-block-broken "$hosts_file_path"
    return 2
  fi
  hosts_file_text=$(hosts_file_render) || return 2
  sp_need_file "$hosts_file_path" "\${hosts_file_text%x}"
}

hosts_file_apply() {
  sp_backup_begin
  sp_backup "$hosts_file_path"
  [ -e "$hosts_file_path" ] || hosts_file_render_default >"$hosts_file_path"
  hosts_file_text=$(hosts_file_render)
  sp_write_file "$hosts_file_path" "\${hosts_file_text%x}"
}

hosts_file_revert() {
  if [ -e "$hosts_file_path" ] && ! hosts_file_is_whole; then
    sp_emit notice hosts-block-broken "$hosts_file_path"
    return 1
  fi
  sp_restore first
}
`,
};

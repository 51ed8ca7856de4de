# shellcheck shell=sh
# Points repositories whose mirrors are gone at the archive. Uses shell/repository-files.sh.

# sp_dead_sections PATTERN ALSO: prints the lines of sp_sections whose address matches: of enabled repositories, and of the
# repository ALSO.
sp_dead_sections() { sp_sections | awk -F '\t' -v also="$2" -v dead="$1" '($3 == 1 || tolower($2) == also) && $4 ~ dead'; }

# Prints yum's variables as NAME=VALUE.
sp_variables() {
  for sp_v in /etc/yum/vars/* /etc/dnf/vars/*; do
    [ ! -f "$sp_v" ] || printf '%s=%s\n' "${sp_v##*/}" "$(head -n 1 "$sp_v")"
  done
  printf 'basearch=%s\narch=%s\nreleasever=%s\nreleasever_major=%s\n' "$(uname -m)" "$(uname -m)" "$sp_el" "$sp_el"
}

# sp_expand ADDRESS: expands yum's variables in it.
sp_expand() {
  sp_variables | awk -v text="$1" '
    { at = index($0, "="); value[substr($0, 1, at - 1)] = substr($0, at + 1) }
    END {
      while (match(text, /\$([A-Za-z0-9_]+|\{[A-Za-z0-9_]+\})/)) {
        name = substr(text, RSTART + 1, RLENGTH - 1); gsub(/[{}]/, "", name)
        out = out substr(text, 1, RSTART - 1) (name in value ? value[name] : substr(text, RSTART, RLENGTH)); text = substr(text, RSTART + RLENGTH)
      }
      print out text
    }'
}

# sp_has_repodata ADDRESS: returns 0 if there is a repository at the address. A redirect from https to http is refused.
sp_has_repodata() {
  sp_only=http,https
  case $1 in https:*) sp_only=https ;; esac
  curl -fsS -L --proto-redir "=$sp_only" --retry 3 --connect-timeout 20 -m 120 -o /dev/null "$(sp_expand "$1")repodata/repomd.xml"
}

# sp_archive_of FOLDERS ARCHIVES: prints the address of the first folder in the first archive that has it; returns 1 if none does.
sp_archive_of() {
  for sp_base in $2; do
    for sp_rest in $(printf '%s\n' "$1" | tr ' ' '\n' | sed -e 's,^[a-z]*://[^/]*/,,' -e 's,^[^/]*/,,' -e 's,^[^/]*/,,' -e 's,/*$,/,' | awk '!seen[$0]++ && $0 != "/"'); do
      if sp_has_repodata "$sp_base/$sp_rest"; then
        printf '%s\n' "$sp_base/$sp_rest"
        return
      fi
    done
  done
  return 1
}

# sp_with_addresses FILE MAP: prints the file with the addresses from the map (lines FILE, ID, ADDRESS, separated by tabs).
sp_with_addresses() {
  awk -v file="$1" -v map="$2" "$sp_ini_awk"'
    BEGIN { while ((getline line < map) > 0) { split(line, part, "\t"); if (part[1] == file) url[part[2]] = part[3] } }
    kind == "head" { print; if (id in url && !done[id]++) print "baseurl=" url[id] end; next }
    id in url && (kind == "set" || kind == "more") && key ~ /^(mirrorlist|metalink|baseurl)$/ { print "#" $0; next }
    { print }' "$1"
}

# sp_to_archive ARCHIVES: reads lines of sp_sections and points these sections at the first archive that has them. An address is
# written only after the archive has answered; the original file is saved.
sp_to_archive() {
  sp_map=$(mktemp)
  while IFS='	' read -r sp_file sp_id _ _ sp_folder; do
    if sp_new=$(sp_archive_of "$sp_folder" "$1"); then
      printf '%s\t%s\t%s\n' "$sp_file" "$sp_id" "$sp_new" >>"$sp_map"
    else printf '%s\n' "the archive does not answer for $sp_id; it stays as it is"; fi
  done
  cut -f 1 "$sp_map" | sort -u | while read -r sp_file; do
    sp_text=$(
      sp_with_addresses "$sp_file" "$sp_map"
      printf x
    )
    sp_backup "$sp_file"
    sp_write_file "$sp_file" "${sp_text%x}"
  done
  if [ -s "$sp_map" ]; then
    sp_yum -q clean all >/dev/null
    rm -rf /var/cache/yum/*
  fi
  rm -f "$sp_map"
}

# shellcheck shell=sh
# The files in /etc/yum.repos.d, whatever their names.

# Awk: reads a line as yum (ConfigParser) and dnf (libdnf) do. Sets `low` to the section in lower case and `kind` to head, set (with
# `key` in lower case and `value`), more (a continuation line, with `value`) or note.
# shellcheck disable=SC2016 # awk
sp_ini_awk='
FNR == 1 { key = low = id = "" }
{
  bare = $0; if (FNR == 1) sub(/^\357\273\277/, "", bare)
  sub(/[ \t\r]+$/, "", bare); kind = "note"; end = $0 ~ /\r$/ ? "\r" : ""
  if (bare ~ /^\[/) { id = bare; sub(/^\[[ \t]*/, "", id); sub(/[ \t]*\].*$/, "", id); low = tolower(id); key = ""; kind = "head" }
  else if (bare ~ /^[ \t]+[^ \t]/ && key != "") { kind = "more"; value = bare; sub(/^[ \t]+/, "", value) }
  else if (bare !~ /^[#; \t]/ && match(bare, /[=:]/)) {
    kind = "set"; key = tolower(substr(bare, 1, RSTART - 1)); sub(/[ \t]+$/, "", key)
    value = substr(bare, RSTART + 1); sub(/^[ \t]+/, "", value)
  }
}
function true(text) { text = tolower(text); sub(/[ \t]+;.*/, "", text); return text ~ /^(1|yes|true|on)$/ ? 1 : 0 }'

# Prints file, id, 1 or 0 for enabled, addresses and archive folders of each repository, separated by tabs; several addresses and
# folders by blanks, the folders that the archive is most likely to have first.
sp_sections() {
  set -- /etc/yum.repos.d/*.repo
  [ -e "$1" ] || return 0
  awk "$sp_ini_awk"'
    function folder(at,  n, part, i, repo, first, rest, from) {
      n = split(base[at] " " was[at], part, /[ \t,]+/)
      for (i = 1; i <= n; i++) if (part[i] ~ /^[a-z]+:\/\/[^\/]+\/centos/) first = first " " part[i]; else if (part[i] != "") rest = rest " " part[i]
      if (list[at] ~ /[?&]repo=/) {
        repo = list[at]; sub(/.*[?&]repo=/, "", repo); sub(/[& ].*/, "", repo)
        if (repo ~ /^(cloud|virt|storage|messaging|nfv|opstools)-/) { from = repo; sub(/-.*/, "", from); sub(/^[a-z]+-/, "", repo); first = first " http://-/-/-/" from "/$basearch/" repo "/" }
        else first = first " " (repo ~ /^[A-Z]|^(baseos|powertools)$/ ? "http://-/-/-/" repo "/$basearch/os/" : "http://-/-/-/" repo "/$basearch/")
      }
      return substr(first rest, 2)
    }
    kind == "head" { here = FILENAME "\t" id; if (!(here in on)) { order[++many] = here; on[here] = 1 }; next }
    here == "" { next }
    FNR == 1 && kind != "head" { here = ""; next }
    kind == "note" && bare ~ /^#+[ \t]*baseurl[ \t]*=/ { sub(/^[^=]*=[ \t]*/, "", bare); was[here] = was[here] " " bare }
    kind == "set" && key == "enabled" { on[here] = true(value) }
    kind == "set" && key == "baseurl" { base[here] = value }
    kind == "set" && key ~ /^(mirrorlist|metalink)$/ { list[here] = value }
    kind == "more" && key == "baseurl" { base[here] = base[here] " " value }
    kind == "more" && key ~ /^(mirrorlist|metalink)$/ { list[here] = list[here] " " value }
    END { for (i = 1; i <= many; i++) { here = order[i]; address = list[here] " " base[here]; gsub(/^ +| +$/, "", address); gsub(/\t/, " ", address); print here "\t" on[here] "\t" address "\t" folder(here) } }' "$@"
}

# Prints the ids of enabled repositories in lower case.
sp_enabled() { sp_sections | awk -F '\t' '$3 == 1 { print tolower($2) }'; }

# sp_file_of ID: prints the file of the repository, or nothing.
sp_file_of() { sp_sections | awk -F '\t' -v id="$1" 'tolower($2) == id { print $1; exit }'; }

# sp_with_setting FILE PATTERN KEY VALUE: prints the file with the setting in every section whose id matches.
sp_with_setting() {
  awk -v which="$2" -v wanted="$3" -v new="$4" "$sp_ini_awk"'
    { hit = low ~ which }
    NR == FNR { if (hit && kind == "set" && key == wanted) has[low] = 1; next }
    hit && kind == "set" && key == wanted { sub(/[=:].*/, ""); match($0, /[ \t]*$/); print substr($0, 1, RSTART - 1) "=" new end; next }
    { print }
    hit && kind == "head" && !(low in has) { has[low] = 1; print wanted "=" new end }' "$1" "$1"
}

# sp_set_setting FILE PATTERN KEY VALUE: writes that to the file after saving it.
sp_set_setting() {
  sp_text=$(
    sp_with_setting "$@"
    printf x
  )
  sp_text=${sp_text%x}
  if ! sp_same_file "$1" "$sp_text"; then
    sp_backup "$1"
    sp_write_file "$1" "$sp_text"
  fi
}

# sp_setting_of FILE ID KEY: prints the value in effect, the last one, with its continuation lines on one line.
sp_setting_of() {
  awk -v which="$2" -v wanted="$3" "$sp_ini_awk"'
    low != which || key != wanted { next }
    kind == "set" { text = value } kind == "more" { text = text " " value }
    END { if (text != "") print text }' "$1"
}

# Prints file and line of each .repo file that is broken: yum 3 then refuses every command, and dnf leaves the file out.
sp_broken_files() {
  set -- /etc/yum.repos.d/*.repo
  [ -e "$1" ] || return 0
  awk "$sp_ini_awk"'
    FNR == 1 { inside = told = 0 }
    told { next }
    kind == "head" { inside = 1; next }
    inside && kind != "note" { next }
    kind == "note" && bare ~ /^[ \t]*$|^[#;]|^[Rr][Ee][Mm]([ \t]|$)/ { next }
    { print FILENAME "\t" FNR; told = 1 }' "$@"
}

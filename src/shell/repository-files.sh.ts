// Generated from repository-files.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const repositoryFilesSh: ShellFile<never> = {
  path: 'shell/repository-files.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# The files in /etc/yum.repos.d, whatever their names.

# Prints file, id, 1 or 0 for enabled, address and archive folder of each repository, separated by tabs.
sp_sections() {
  set -- /etc/yum.repos.d/*.repo
  [ -e "$1" ] || return 0
  awk '
    function folder(  n, part, repo) {
      if (base != "") return base
      if (was != "") return was
      if (list !~ /[?&]repo=/) return ""
      repo = list; sub(/.*[?&]repo=/, "", repo); sub(/&.*/, "", repo)
      if (repo ~ /^(cloud|virt|storage|messaging|nfv|opstools)-/) { part = repo; sub(/-.*/, "", part); sub(/^[a-z]+-/, "", repo); return "http://-/-/-/" part "/$basearch/" repo "/" }
      return repo ~ /^[A-Z]|^(baseos|powertools)$/ ? "http://-/-/-/" repo "/$basearch/os/" : "http://-/-/-/" repo "/$basearch/"
    }
    function tell() { if (id != "") print file "\\t" id "\\t" on "\\t" (list != "" ? list : base) "\\t" folder(); id = "" }
    { line = $0; sub(/^[^=]*=[ \\t]*/, "", line); key = $0; sub(/[ \\t]*=.*/, "", key) }
    /^\\[/ { tell(); file = FILENAME; id = $0; gsub(/^\\[|\\].*$/, "", id); on = 1; base = was = list = ""; next }
    key == "enabled" { on = line ~ /^(1|yes|true|on)/ ? 1 : 0 }
    key == "baseurl" { base = line } key == "mirrorlist" || key == "metalink" { list = line } key ~ /^#+[ \\t]*baseurl$/ { was = line }
    END { tell() }' "$@"
}

# Prints the ids of enabled repositories in lower case.
sp_enabled() { sp_sections | awk -F '\\t' '$3 == 1 { print tolower($2) }'; }

# sp_file_of ID: prints the file of the repository, or nothing.
sp_file_of() { sp_sections | awk -F '\\t' -v id="$1" 'tolower($2) == id { print $1; exit }'; }

# sp_with_setting FILE PATTERN KEY VALUE: prints the file with the setting in every section whose id matches.
sp_with_setting() {
  awk -v which="$2" -v key="$3" -v value="$4" '
    { name = $0; sub(/[ \\t]*=.*/, "", name) }
    /^\\[/ { id = tolower($0); gsub(/^\\[|\\].*$/, "", id); at = FNR; hit = id ~ which }
    NR == FNR { if (hit && name == key) has[id] = 1; next }
    hit && name == key { print key "=" value; next }
    { print }
    hit && FNR == at && !(id in has) { print key "=" value }' "$1" "$1"
}

# sp_set_setting FILE PATTERN KEY VALUE: writes that to the file after saving it.
sp_set_setting() {
  sp_text=$(
    sp_with_setting "$@"
    printf x
  )
  sp_text=\${sp_text%x}
  if ! sp_same_file "$1" "$sp_text"; then
    sp_backup "$1"
    sp_write_file "$1" "$sp_text"
  fi
}

# sp_setting_of FILE ID KEY: prints the value.
sp_setting_of() {
  awk -v which="$2" -v key="$3" '{ name = $0; sub(/[ \\t]*=.*/, "", name); line = $0; sub(/^[^=]*=[ \\t]*/, "", line) }
    /^\\[/ { id = tolower($0); gsub(/^\\[|\\].*$/, "", id); hit = id == which } hit && name == key { print line }' "$1"
}
`,
};

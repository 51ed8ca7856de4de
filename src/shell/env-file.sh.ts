// Generated from env-file.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const envFileSh: ShellFile<never> = {
  path: 'shell/env-file.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Files of lines KEY=VALUE as systemd (EnvironmentFile= of systemd.exec(5), locale.conf(5)), pam_env and the shell read them: quotes,
# \`export\`, continuation lines, CR, comments after the value; the last line counts.
# shellcheck disable=SC2016 # awk
sp_env_awk='
function at(i) { return substr(text, i, 1) }
function quoted(i, q,  c) {
  for (i++; i <= size; i++) {
    c = at(i)
    if (c == q) return i + 1
    if (c == "\\\\" && q == "\\"") { c = at(++i); if (c == "\\n") continue; if (c !~ /["\\\\$\`]/) value = value "\\\\" }
    value = value c
  }
  return i
}
function take(i,  c, blank, shut) {
  value = blank = ""; stop = i
  while (i <= size) {
    c = at(i)
    if (c == "\\n") break
    if (c == " " || c == "\\t" || c == "\\r") { blank = blank c; i++; continue }
    if (c == "#" && blank != "" && (shut || quiet)) break
    value = value blank; blank = ""
    if (c == "\\"" || c == "\\047") { i = quoted(i, c); shut = 1 }
    else if (c == "\\\\") { c = at(i + 1); if (c == "\\r" && at(i + 2) == "\\n") i++; if (c != "\\n" && c != "\\r") value = value c; i += 2; shut = 0 }
    else { value = value c; i++; shut = 0 }
    stop = i
  }
  while (i <= size && at(i) != "\\n") i++
  return i + 1
}
function scan(  i, from, line, name) {
  size = length(text); i = 1
  while (i <= size) {
    from = i; line = substr(text, i); sub(/\\n.*/, "", line)
    if (match(line, /^[ \\t]*(export[ \\t]+)?[A-Za-z_][A-Za-z0-9_]*[ \\t]*=[ \\t]*/)) {
      name = substr(line, 1, RLENGTH); sub(/^[ \\t]*(export[ \\t]+)?/, "", name); sub(/[ \\t]*=.*/, "", name)
      begin = i + RLENGTH; i = take(begin)
      N++; K[N] = name; V[N] = value; B[N] = begin; S[N] = stop; F[N] = from; L[N] = i
    } else i += length(line) + 1
  }
}
function styled(old, new,  q) {
  q = substr(old, 1, 1)
  if (q == "\\047" && !index(new, q)) return q new q
  if (q != "\\"" && new !~ /[^A-Za-z0-9_.:@%+,\\/-]/) return new
  gsub(/["\\\\$\`]/, "\\\\\\\\&", new)
  return "\\"" new "\\""
}
{ text = text (NR > 1 ? "\\n" : "") $0 }
END { sub(/x$/, "", text); scan(); done() }'
# sp_env FUNCTION FILE: runs an awk function \`done\` over the file.
sp_env() {
  {
    [ ! -e "$2" ] || cat "$2"
    printf x
  } | awk "$sp_env_awk$1"
}
# sp_env_value FILE KEY: prints the value in effect.
sp_env_value() { KEY=$2 sp_env 'function done(  i, last) { for (i = 1; i <= N; i++) if (K[i] == ENVIRON["KEY"]) last = i; if (last) print V[last] }' "$1"; }
# sp_env_with FILE KEY VALUE: prints the file with that value at its place, or in a new line at the end, then an x. A comment after
# the value gets its own line: systemd takes it for a part of the value.
sp_env_with() {
  KEY=$2 VALUE=$3 sp_env 'function done(  i, last) {
    for (i = 1; i <= N; i++) if (K[i] == ENVIRON["KEY"]) last = i
    if (last) {
      rest = substr(text, S[last], L[last] - S[last]); note = ""
      if (match(rest, /^[ \\t]+#[^\\r\\n]*/)) { note = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1); sub(/^[ \\t]+/, "", note); note = note (rest ~ /\\r/ ? "\\r\\n" : "\\n") }
      printf "%s", substr(text, 1, F[last] - 1) note substr(text, F[last], B[last] - F[last]) styled(substr(text, B[last], 1), ENVIRON["VALUE"]) rest substr(text, L[last])
    }
    else printf "%s%s%s=%s\\n", text, (text == "" || text ~ /\\n$/ ? "" : "\\n"), ENVIRON["KEY"], styled("", ENVIRON["VALUE"])
    printf "x"
  }' "$1"
}
# sp_env_without FILE KEYS: prints the file with the lines that set one of the keys commented out, then an x.
sp_env_without() {
  KEYS=" $2 " sp_env 'function done(  i, pos, part) {
    pos = 1
    for (i = 1; i <= N; i++) {
      if (!index(ENVIRON["KEYS"], " " K[i] " ")) continue
      part = substr(text, F[i], L[i] - F[i]); gsub(/\\n/, "\\n#", part); sub(/\\n#$/, "\\n", part)
      printf "%s#%s", substr(text, pos, F[i] - pos), part; pos = L[i]
    }
    printf "%sx", substr(text, pos)
  }' "$1"
}
sp_has_line() { [ -e "$1" ] && [ "$(sp_env_value "$1" "$2")" = "$3" ]; }
sp_need_line() { sp_has_line "$@" || {
  sp_because setting-missing "$1" "$2"
  return 1
}; }
sp_set_line() { sp_has_line "$@" || {
  sp_text=$(sp_env_with "$@")
  sp_write_file "$1" "\${sp_text%x}"
}; }
`,
};

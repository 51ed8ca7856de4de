// Generated from key-lines.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const keyLinesSh: ShellFile<never> = {
  path: 'shell/key-lines.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Lines of authorized_keys (sshd(8), AUTHORIZED_KEYS FILE FORMAT): options with quotes, type, key. sshd uses the first line with the
# key that admits the client. \`look\` prints how a login with the key ends: ok, restricted (to a command) or absent; without a blob any key counts. \`add\` prints the
# file with the line KEY, before a line that would restrict it, otherwise at the end.
# shellcheck disable=SC2016 # awk
sp_key_awk='
function split_options(line,  i, c, q, n) {
  n = length(line)
  for (i = 1; i <= n; i++) {
    c = substr(line, i, 1)
    if (c == "\\\\" && q) i++
    else if (c == "\\"") q = !q
    else if (!q && (c == " " || c == "\\t")) break
  }
  return i
}
function admits(list,  n, each, i, hit) {
  n = split(list, each, ",")
  for (i = 1; i <= n; i++) {
    if (each[i] == client || each[i] == "*") hit = 1
    else if (each[i] ~ /^!/) return 0
    else if (each[i] ~ /[*?]$/ && each[i] !~ /[*?]./ && index(client, substr(each[i], 1, length(each[i]) - 1)) == 1) hit = 1
    else if (each[i] ~ /^[0-9.]+\\/[0-9]+$/ && client ~ /^[0-9.]+$/ && inside(each[i])) hit = 1
  }
  return hit
}
function number(address,  part) { split(address, part, "."); return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4] }
function inside(range,  part, size) { split(range, part, "/"); size = 2 ^ (32 - part[2]); return int(number(part[1]) / size) == int(number(client) / size) }
function verdict(options,  i, c, q, n, word, name, value, out) {
  options = options ","; n = length(options); out = "ok"
  for (i = 1; i <= n; i++) {
    c = substr(options, i, 1)
    if (c == "\\\\" && q) { word = word c substr(options, ++i, 1); continue }
    if (c == "\\"") q = !q
    if (q || c != ",") { word = word c; continue }
    name = tolower(word); sub(/[ \\t]*=.*/, "", name); value = word; sub(/^[^=]*="?/, "", value); sub(/"$/, "", value); word = ""
    if (name == "cert-authority" || name == "from" && !admits(value) || name == "expiry-time" && value < today) return "skipped"
    if (name == "command") out = "restricted"
  }
  return out
}
function of_line(line,  end, options, part) {
  sub(/\\r$/, "", line); sub(/^[ \\t]+/, "", line)
  if (line == "" || line ~ /^#/) return ""
  if (line !~ /^(ssh|ecdsa|sk)-[^ \\t"=,]+[ \\t]/) { end = split_options(line); options = substr(line, 1, end - 1); line = substr(line, end); sub(/^[ \\t]+/, "", line) }
  split(line, part, /[ \\t]+/)
  if (blob != "" && part[2] != blob) return ""
  return options == "" ? "ok" : verdict(options)
}
{
  if (!found) {
    now = of_line($0)
    if (now == "ok" || now == "restricted") found = now
    if (mode == "add" && found == "restricted") print ENVIRON["KEY"]
  }
  if (mode == "add") print
}
END {
  if (mode == "look") print found == "" ? "absent" : found
  else if (!found) print ENVIRON["KEY"]
}'
`,
};

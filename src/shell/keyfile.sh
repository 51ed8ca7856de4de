# shellcheck shell=sh
# Keyfiles of NetworkManager (nm-settings-keyfile(5)). nmcli rewrites them: in its own order and spelling, with a uuid, without
# comments. So they are compared and merged by what their keys mean. Uses shell/backup.sh.
# Awk. `load` reads a file as number w; `same` compares a key of two files. `patch` prints BASE with what led from FROM to TO and, with
# `all`, with every other key of TO.
# shellcheck disable=SC2016 # awk
sp_keyfile_awk='
function section(name) { return name == "802-3-ethernet" ? "ethernet" : name }
function known(key) { return key == "master" ? "controller" : key == "slave-type" ? "port-type" : key == "autoconnect-slaves" ? "autoconnect-ports" : key }
function keep(w, key, raw, value,  at) {
  at = sec SUBSEP key
  if (!((w, at) in V)) L[w, ++N[w]] = at
  R[w, at] = raw; T[w, at] = value; sub(/;[ \t]*$/, "", value)
  V[w, at] = value ~ /^(yes|on)$/ ? "true" : value ~ /^(no|off)$/ ? "false" : value
}
function read(line,  at) {
  sub(/[ \t\r]+$/, "", line); sub(/^[ \t]+/, "", line); raw = key = value = via = ""
  if (line ~ /^\[.*\]$/) { sec = section(substr(line, 2, length(line) - 2)); return "head" }
  at = index(line, "="); if (line ~ /^#/ || at < 2) return "note"
  raw = substr(line, 1, at - 1); value = substr(line, at + 1); sub(/[ \t]+$/, "", raw); sub(/^[ \t]+/, "", value); key = known(raw)
  if (sec ~ /^ipv[46]$/ && key ~ /^address[0-9]*$/ && (at = index(value, ","))) {
    via = substr(value, at + 1); value = substr(value, 1, at - 1)
    if (via ~ /^(0\.0\.0\.0|::)$/) via = ""
  }
  return sec == "connection" && key ~ /^(uuid|timestamp)$/ ? "note" : "set"
}
function load(file, w,  line) {
  N[w] = 0; sec = ""
  while ((getline line < file) > 0) if (read(line) == "set") { keep(w, key, raw, value); if (via != "") keep(w, "gateway", "gateway", via) }
  close(file)
}
function same(v, w, at) { return (v, at) in V && (w, at) in V && V[v, at] == V[w, at] }
function insert(  i, at, part) {
  for (i = 1; i <= N[3]; i++) {
    at = L[3, i]; split(at, part, SUBSEP)
    if (part[1] == sec && at in set) { print R[3, at] "=" T[3, at]; delete set[at] }
  }
}
function ended(  i, last) {
  for (i = 1; i <= lines; i++) if (buffer[i] != "") last = i
  for (i = 1; i <= last; i++) print buffer[i]
  insert()
  for (i = last + 1; i <= lines; i++) print buffer[i]
  lines = 0
}
function patch(  i, at, next_sec, gate, part) {
  load(base, 1); load(from, 2); load(to, 3); sec = ""
  for (i = 1; i <= N[2]; i++) if (!((3, L[2, i]) in V)) drop[L[2, i]] = 1
  for (i = 1; i <= N[3]; i++) { at = L[3, i]; if (!same(3, 1, at) && (all || !same(3, 2, at))) set[at] = 1 }
  while ((getline line < base) > 0) {
    i = sec; kind = read(line)
    if (kind == "head") { next_sec = sec; sec = i; ended(); sec = next_sec }
    else if (kind == "set") {
      at = sec SUBSEP key; gate = sec SUBSEP "gateway"
      if (via != "" && (gate in drop || gate in set)) { via = ""; line = raw "=" value }
      if (at in drop) { if (via == "") continue; line = "gateway=" via }
      else if (at in set) { line = raw "=" T[3, at] (via == "" ? "" : "," via); delete set[at] }
    }
    sub(/\r$/, "", line); buffer[++lines] = line
  }
  ended()
  for (i = 1; i <= N[3]; i++) if (L[3, i] in set) { split(L[3, i], part, SUBSEP); sec = part[1]; print "\n[" sec "]"; insert() }
}
function held(  i, at) {
  load(wanted, 1); load(from, 2); load(base, 3)
  for (i = 1; i <= N[1]; i++) if (!same(1, 3, L[1, i])) return 0
  if (!N[2]) { for (i = 1; i <= N[3]; i++) if (!((1, L[3, i]) in V)) return 0 }
  for (i = 1; i <= N[2]; i++) { at = L[2, i]; if (!((1, at) in V) && same(2, 3, at)) return 0 }
  return 1
}
BEGIN { if (wanted != "") exit !held(); patch() }'
# sp_keyfile_holds WANTED OURS FILE: returns 0 if FILE has all keys of WANTED, and none that only OURS has; without OURS (/dev/null),
# no others at all.
sp_keyfile_holds() { awk -v wanted="$1" -v from="$2" -v base="$3" "$sp_keyfile_awk" </dev/null; }
# sp_keyfile_patched BASE FROM TO [all]
sp_keyfile_patched() { awk -v base="$1" -v from="$2" -v to="$3" -v all="${4:-}" "$sp_keyfile_awk" </dev/null; }
# sp_keyfile_equal FILE FILE
sp_keyfile_equal() { sp_keyfile_holds "$1" /dev/null "$2"; }
# sp_keyfile_ours PATH: prints the path of what Stackprep has left there, or /dev/null.
sp_keyfile_ours() {
  sp_o=$sp_backups/first/$STEP_ID/ours$(sp_real "$1")
  if [ -f "$sp_o" ]; then printf '%s\n' "$sp_o"; else echo /dev/null; fi
}
# sp_need_keyfile PATH TEXT: returns 1 with a reason unless the file means the text, whatever the user has added to it.
sp_need_keyfile() {
  if [ -f "$1" ]; then
    sp_w=$(mktemp) || return 2
    printf %s "$2" >"$sp_w"
    sp_keyfile_holds "$sp_w" "$(sp_keyfile_ours "$1")" "$1"
    sp_m=$?
    rm -f "$sp_w"
    if [ $sp_m = 0 ]; then return 0; fi
  fi
  sp_need_file "$1" "$2"
}
# sp_put_keyfile PATH TEXT: writes it; what the user has added since the last run stays. NetworkManager ignores a file that others may
# read.
sp_put_keyfile() {
  sp_body=$2
  sp_o=$(sp_keyfile_ours "$1")
  if [ -f "$1" ] && [ "$sp_o" != /dev/null ]; then
    sp_w=$(mktemp) || return 1
    printf %s "$2" >"$sp_w"
    sp_body=$(
      sp_keyfile_patched "$1" "$sp_o" "$sp_w" all
      printf x
    )
    sp_body=${sp_body%x}
    rm -f "$sp_w"
  fi
  sp_put_file "$1" "$sp_body" 0600
}
# sp_keyfile_adopt FOLDER PATH NOW: as sp_adopt; of a file that was not there before, it marks that the user has edited it.
sp_keyfile_adopt() {
  if sp_keyfile_equal "$1/ours$2" "$3"; then return 0; fi
  if [ ! -e "$1/files$2" ]; then
    mkdir -p "$1/edited${2%/*}" && : >"$1/edited$2"
    return
  fi
  cp -a "$1/files$2" "$1/new"
  sp_keyfile_patched "$1/files$2" "$1/ours$2" "$3" >"$1/new" && mv -f "$1/new" "$1/files$2"
}
# sp_keyfile_back PATH: as sp_take_back, for the folder sp_k.
sp_keyfile_back() {
  if [ ! -e "$sp_k/edited$1" ] && sp_keyfile_equal "$sp_k/ours$1" "$1"; then
    sp_put_back "$1"
    return
  fi
  if [ ! -e "$sp_k/files$1" ]; then
    sp_emit notice not-reverted "$1"
    return 0
  fi
  sp_emit notice partly-reverted "$1"
  sp_body=$(
    sp_keyfile_patched "$sp_k/files$1" "$sp_k/ours$1" "$1"
    printf x
  )
  sp_put_file "$1" "${sp_body%x}"
}

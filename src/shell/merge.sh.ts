// Generated from merge.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const mergeSh: ShellFile<never> = {
  path: 'shell/merge.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Takes a change of a text file back while later edits of the user stay.
# sp_open_end FILE: returns 0 if the last line has no newline.
sp_open_end() { [ -n "$(tail -c 1 "$1" | tr '\\000' x)" ]; }
# sp_merge OLD OURS NOW KIND CLASHES: prints NOW without what led from OLD to OURS. Where the user has edited those very lines,
# KIND \`undo\` keeps the edit and writes its line numbers to the file CLASHES; KIND \`again\` drops the edit, since the step writes
# its lines again. The first two files may be /dev/null.
sp_merge() {
  sp_ends=
  for sp_text_file in "$1" "$2" "$3"; do if [ -s "$sp_text_file" ] && sp_open_end "$sp_text_file"; then sp_ends=\${sp_ends}1; else sp_ends=\${sp_ends}0; fi; done
  awk -v old="$1" -v ours="$2" -v now="$3" -v ends="$sp_ends" -v kind="$4" -v clashes="$5" "$sp_merge_awk" </dev/null
}
# Awk. An array holds the lines of a file from 1; a last line without a newline ends with \`open\`. \`diff\` (Myers 1986, at most 600
# edits) maps lines of OURS to equal lines of another file; \`pair\` maps edited lines to their other form, and gives the remaining
# lines of the other file to the line of OURS that they follow. \`woven\` does the same for the words of a line that both have edited.
# shellcheck disable=SC2016 # awk
sp_merge_awk='
function load(file, list, at,  n, line) {
  while ((getline line < file) > 0) list[++n] = line
  if (substr(ends, at, 1) == 1) list[n] = list[n] open
  return n + 0
}
function diff(A, na, B, nb, M,  lo, ha, hb, w, h, d, k, x, y, p, V, E, found) {
  for (lo = 0; lo < na && lo < nb && A[lo + 1] == B[lo + 1]; lo++) M[lo + 1] = lo + 1
  hb = nb
  for (ha = na; ha > lo && hb > lo && A[ha] == B[hb]; ha--) M[ha] = hb--
  w = ha - lo; h = hb - lo
  if (!w || !h) return
  V[1] = 0
  for (d = 0; d <= 600 && !found; d++)
    for (k = -d; k <= d; k += 2) {
      x = k == -d || (k != d && V[k - 1] < V[k + 1]) ? V[k + 1] : V[k - 1] + 1
      for (y = x - k; x < w && y < h && A[lo + x + 1] == B[lo + y + 1]; y++) x++
      V[k] = E[d, k] = x
      if (x >= w && y >= h) { found = 1; break }
    }
  if (!found) return
  x = w; y = h
  for (d--; d >= 0; d--) {
    k = x - y
    if (d) { p = k == -d || (k != d && E[d - 1, k - 1] < E[d - 1, k + 1]) ? k + 1 : k - 1; w = E[d - 1, p]; h = w - p } else w = h = 0
    while (x > w && y > h) M[lo + x--] = lo + y--
    x = w; y = h
  }
}
function closed(line) { sub(open "$", "", line); return line }
function bare(line) { sub(open "$", "", line); sub(/\\r$/, "", line); return line }
function alike(a, b,  x, y, n, m) {
  a = bare(a); b = bare(b)
  if (a == b) return 1
  n = length(a); m = length(b)
  if (n > m && m && a ~ /^#/ && substr(a, n - m + 1) == b || m > n && n && b ~ /^#/ && substr(b, m - n + 1) == a) return 1
  x = a; y = b
  sub(/^[ \\t]+/, "", x); sub(/^[ \\t]+/, "", y); sub(/^export[ \\t]+/, "", x); sub(/^export[ \\t]+/, "", y)
  sub(/[ \\t=:].*/, "", x); sub(/[ \\t=:].*/, "", y)
  return x == y && x != "" && x !~ /^#/
}
function pair(A, na, B, M, P, G, nb,  i, j, a, b, c, d, k, l, at, any) {
  i = j = 0
  while (i <= na) {
    for (c = i + 1; c <= na && !(c in M); c++);
    d = c <= na ? M[c] : nb + 1
    any = 0; l = j + 1; at = i
    if ((c - i) * (d - j) <= 40000) for (k = i + 1; k < c; k++)
      for (b = l; b < d; b++)
        if (alike(A[k], B[b])) {
          for (; l < b; l++) G[at, ++G[at]] = B[l]
          P[k] = b; l = b + 1; at = k; any = 1
          break
        }
    if (!any && c - i == d - j) { for (k = i + 1; k < c; k++) P[k] = l++ }
    for (; l < d; l++) G[at, ++G[at]] = B[l]
    i = c; j = d
  }
}
function words(line, W,  n) {
  while (match(line, /^[ \\t]*([^ \\t=,"]+|[=,"])|^[ \\t]+/)) { W[++n] = substr(line, 1, RLENGTH); line = substr(line, RLENGTH + 1) }
  return n + 0
}
function gaps(na, B, nb, M, G,  i, j, at) {
  for (j = 1; j <= nb; j++) {
    while (i < na && !(i + 1 in M && M[i + 1] >= j)) i++
    if (i < na && M[i + 1] == j) at = ++i; else G[at + 0, ++G[at + 0]] = B[j]
  }
}
function woven(o, u, n, whole,  i, k, a, b, c, O, U, N, MO, MN, GO, GN) {
  a = words(o, O); b = words(u, U); c = words(n, N)
  diff(U, b, O, a, MO); diff(U, b, N, c, MN); gaps(b, O, a, MO, GO); gaps(b, N, c, MN, GN)
  weave = ""
  for (i = 0; i <= b; i++) {
    if (i && i in MO && i in MN) weave = weave U[i]
    if (i && whole && !(i in MN)) return 0
    if (GO[i] && GN[i] && i < b && !(i + 1 in MO)) return 0
    for (k = 1; k <= GO[i]; k++) weave = weave GO[i, k]
    for (k = 1; k <= GN[i]; k++) weave = weave GN[i, k]
  }
  return 1
}
function put(line) { out[++many] = line }
function clash() { bad = bad (bad == "" ? "" : ", ") (many + 1) }
function gap(i,  k, seen) {
  for (k = 1; k <= GN[i]; k++) seen[GN[i, k]] = 1
  for (k = 1; k <= GO[i]; k++) if (!(GO[i, k] in seen)) put(GO[i, k])
  for (k = 1; k <= GN[i]; k++) put(GN[i, k])
}
function added(u, n,  o) {
  if (match(u, /^[ \\t]*[A-Za-z_][^ \\t=]*=/)) {
    o = substr(u, 1, RLENGTH)
    if (substr(u, RLENGTH + 1, 1) == "\\"") o = o "\\"\\""
    if (woven(o, u, n, 1) && weave != n) {
      sub(/=[ \\t]+/, "=", weave); sub(/="[ \\t]+/, "=\\"", weave)
      if (weave != o) put(weave)
      return
    }
  }
  clash(); put(n)
}
BEGIN {
  open = "\\034"
  no = load(old, O, 1); nu = load(ours, U, 2); nn = load(now, N, 3)
  diff(U, nu, O, no, MO); diff(U, nu, N, nn, MN)
  pair(U, nu, O, MO, PO, GO, no); pair(U, nu, N, MN, PN, GN, nn)
  gap(0)
  for (i = 1; i <= nu; i++) {
    same = i in MN; edited = i in PN
    # Only a newline at the end has come.
    if (edited && !(i in MO) && closed(U[i]) == closed(N[PN[i]])) { same = 1; edited = 0 }
    if (i in MO) { if (same) put(U[i]); else if (edited) put(N[PN[i]]) }
    else if (i in PO) {
      if (same || kind == "again") put(O[PO[i]])
      else if (!edited) clash()
      else if (N[PN[i]] != O[PO[i]] && woven(O[PO[i]], U[i], N[PN[i]], 0)) put(weave)
      else { if (N[PN[i]] != O[PO[i]]) clash(); put(N[PN[i]]) }
    } else if (edited && kind != "again") added(U[i], N[PN[i]])
    gap(i)
  }
  for (i = 1; i <= many; i++) {
    line = out[i]
    if (sub(open "$", "", line) && i == many) printf "%s", line; else print line
  }
  if (bad != "") print bad > clashes
}'
`,
};

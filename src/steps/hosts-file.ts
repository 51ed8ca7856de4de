import { msg } from '../base/l10n.ts';
import { namesOf } from '../cluster/aliases.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

/**
 * The cluster's names as words for `strip`: of a fully qualified node the names themselves, which stand in the block only, so
 * that the full name comes first; of any other `name=address`, for a line of that address may give it its full name.
 */
function wordsOf(node: ClusterNode, nodes: readonly ClusterNode[]): readonly string[] {
  const isFull = node.name.includes('.');
  return isFull ? namesOf(node, nodes) : [`${node.name}=${node.address}`];
}

/**
 * `strip(line)` takes the cluster's names out of a line, so that no name has two addresses; a comment stays. It gives an empty
 * text where no name is left, and sets `hit` where it took any. Names are compared as glibc does, without regard to case.
 */
const strip = `
BEGIN {
  n = split(names, list, " ")
  for (i = 1; i <= n; i++) {
    at = index(list[i], "="); key = tolower(at ? substr(list[i], 1, at - 1) : list[i]); address = at ? substr(list[i], at + 1) : ""
    if (!(key in ours)) ours[key] = address
    else if (ours[key] != address) ours[key] = ""
  }
}
function strip(text,  at, line, note, many, word, first, i, name, left) {
  hit = 0
  if (text ~ /^[ \\t\\r]*(#|$)/) return text
  at = index(text, "#"); note = at ? " " substr(text, at) : ""; line = at ? substr(text, 1, at - 1) : text
  many = split(line, word, /[ \\t\\r]+/); first = word[1] == "" ? 2 : 1; left = ""
  for (i = first + 1; i <= many; i++) {
    name = tolower(word[i])
    if (name == "") continue
    if (name in ours && (ours[name] == "" || ours[name] != word[first])) hit = 1; else left = left " " word[i]
  }
  if (!hit) return text
  return left == "" ? "" : word[first] left note
}`;

/** Drops the cluster's names from lines outside the block. */
const rewrite = `${strip}
/^# BEGIN stackprep/ { skip = 1 }
skip { if (/^# END stackprep/) skip = 0; next }
{ line = strip($0); if (!hit || line != "") print line }`;

/** A file of names where there is none. */
const fallback = '127.0.0.1 localhost\\n::1 localhost\\n';

/**
 * Puts the lines that `rewrite` shortened or dropped back into a file that a person has changed since: `former` is the
 * file before the first change, what was dropped whole comes at the end.
 */
const giveBack = `${strip}
BEGIN {
  while ((getline line < former) > 0) {
    if (line ~ /^# BEGIN stackprep/) inside = 1
    if (inside) { if (line ~ /^# END stackprep/) inside = 0; continue }
    short = strip(line)
    if (hit && short != "") whole[short] = line
    else if (hit) gone[++g] = line
  }
}
/^# BEGIN stackprep/ { skip = 1 }
skip { if (/^# END stackprep/) skip = 0; next }
{ if ($0 in whole) print whole[$0]; else print }
END { for (i = 1; i <= g; i++) print gone[i] }`;

/** Where nobody else has changed the file it is as it was before; else only what is Stackprep's own goes. */
const revert = sh`sp_h=/etc/hosts; sp_k=$sp_kept/first/hosts-file; sp_o=$sp_k/files$sp_h
if [ ! -e "$sp_k/names" ] || [ ! -e "$sp_h" ]; then printf '%s\\n' "nothing is kept of hosts-file"; return 1; fi
sp_begun=$(grep -c '^# BEGIN stackprep' "$sp_h") || :; sp_ended=$(grep -c '^# END stackprep' "$sp_h") || :
if [ "$sp_begun" != "$sp_ended" ]; then sp_emit notice hosts-block-broken "$sp_h"; return 1; fi
sp_names=$(tr '\\n' ' ' <"$sp_k/names")
sp_now=$(awk -v names="" ${rewrite} "$sp_h"; echo x)
if [ -e "$sp_o" ]; then sp_then=$(awk -v names="$sp_names" ${rewrite} "$sp_o"; echo x)
else sp_o=/dev/null; sp_then=$(printf ${fallback}; echo x); fi
if [ "$sp_now" = "$sp_then" ]; then sp_put_back first hosts-file; return 0; fi
sp_emit notice changed-since "$sp_h"
sp_now=$(awk -v names="$sp_names" -v former="$sp_o" ${giveBack} "$sp_h"; echo x)
sp_put_file "$sp_h" "\${sp_now%x}"`;

export const hostsFile: StepDefinition = {
  id: 'hosts-file',
  title: msg('Names of all nodes in /etc/hosts'),
  what: msg(
    'Keeps one marked block in /etc/hosts with the address and name of every node; a fully qualified name is followed by its short form.',
  ),
  why: msg('Every node must resolve every other node; RabbitMQ and etcd fail when a name has two addresses.'),
  undo: msg(
    'Undo removes the marked block and restores the lines that named a node before; what was changed by hand since then stays. The file before the latest change is /etc/hosts.stackprep-backup.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.system['hosts-file'] === 'managed',
  script: ({ cluster }) => {
    const { nodes } = cluster;
    const names = nodes.flatMap((node) => wordsOf(node, nodes)).join(' ');
    const entries = nodes.map((node) => `${node.address} ${namesOf(node, nodes).join(' ')}\n`).join('');
    const title = cluster.name.replace(/[\s\p{C}]+/gu, ' ');
    const block = `# BEGIN stackprep ${title}\n${entries}# END stackprep ${title}\n`;
    const wanted = sh`sp_wanted=$(awk -v names=${names} ${rewrite} /etc/hosts && printf '%sx' ${block}) && sp_wanted=\${sp_wanted%x}`;
    return {
      check: sh`[ -e /etc/hosts ] || { sp_because file-missing /etc/hosts; return 1; }
sp_begun=$(grep -c '^# BEGIN stackprep' /etc/hosts); sp_ended=$(grep -c '^# END stackprep' /etc/hosts)
if [ "$sp_begun" != "$sp_ended" ]; then sp_because hosts-block-broken /etc/hosts; return 2; fi
${wanted} || return 2
sp_need_file /etc/hosts "$sp_wanted"`,
      apply: sh`sp_keep_anew hosts-file
sp_keep hosts-file /etc/hosts
mkdir -p "$sp_kept/first/hosts-file"
printf '%s\\n' ${names} >>"$sp_kept/first/hosts-file/names"
[ -e /etc/hosts ] || printf ${fallback} >/etc/hosts
${wanted}
sp_write_file /etc/hosts "$sp_wanted"`,
      revert,
      intent: { files: ['/etc/hosts'] },
    };
  },
};

import { msg } from '../base/l10n.ts';
import { sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

/** Drops the cluster's names from lines outside the block, so that no name has two addresses. */
const rewrite = `
BEGIN { n = split(names, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1 }
/^# BEGIN stackprep/ { skip = 1 }
skip { if (/^# END stackprep/) skip = 0; next }
/^[ \\t]*(#|$)/ { print; next }
{
  kept = ""; dropped = 0
  for (i = 2; i <= NF; i++) { if ($i in ours) dropped = 1; else kept = kept " " $i }
  if (!dropped) print; else if (kept != "") print $1 kept
}`;

/** A file of names where there is none. */
const fallback = '127.0.0.1 localhost\\n::1 localhost\\n';

/**
 * Puts the lines that `rewrite` shortened or dropped back into a file that a person has changed since: `former` is the
 * file before the first change, what was dropped whole comes at the end.
 */
const giveBack = `
BEGIN {
  n = split(names, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1
  while ((getline line < former) > 0) {
    if (line ~ /^# BEGIN stackprep/) inside = 1
    if (inside) { if (line ~ /^# END stackprep/) inside = 0; continue }
    if (line ~ /^[ \\t]*(#|$)/) continue
    m = split(line, word, " "); kept = ""; dropped = 0
    for (i = 2; i <= m; i++) { if (word[i] in ours) dropped = 1; else kept = kept " " word[i] }
    if (dropped && kept != "") whole[word[1] kept] = line
    else if (dropped) gone[++g] = line
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
  what: msg('Keeps one marked block in /etc/hosts with the address and name of every node.'),
  why: msg('Every node must resolve every other node; RabbitMQ and etcd fail when a name has two addresses.'),
  undo: msg(
    'Undo removes the marked block and restores the lines that named a node before; what was changed by hand since then stays. The file before the latest change is /etc/hosts.stackprep-backup.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.system['hosts-file'] === 'managed',
  script: ({ cluster }) => {
    const names = cluster.nodes.map((node) => node.name).join(' ');
    const entries = cluster.nodes.map((node) => `${node.address} ${node.name}\n`).join('');
    const block = `# BEGIN stackprep ${cluster.name}\n${entries}# END stackprep ${cluster.name}\n`;
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

import { msg } from '../l10n.ts';
import { sh } from '../plan/command.ts';
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

export const hostsFile: StepDefinition = {
  id: 'hosts-file',
  title: msg('Names of all nodes in /etc/hosts'),
  what: msg('Keeps one marked block in /etc/hosts with the address and name of every node.'),
  why: msg('Every node must resolve every other node; RabbitMQ and etcd fail when a name has two addresses.'),
  undo: msg(
    'Remove the marked block from /etc/hosts; the file before the change is /etc/hosts.stackprep-backup.',
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
      apply: sh`[ -e /etc/hosts ] || printf '127.0.0.1 localhost\\n::1 localhost\\n' >/etc/hosts
${wanted}
sp_write_file /etc/hosts "$sp_wanted"`,
      intent: { files: ['/etc/hosts'] },
    };
  },
};

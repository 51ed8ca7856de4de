import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { loginProblems, type Refused, withoutTokens } from './login.ts';

/** A value of ssh_config(5): with white space or a comment sign, it must be in double quotes. */
function value(text: string): string {
  return /[\s#'\\=]/.test(text) ? `"${text.replaceAll('\\', '\\\\')}"` : text;
}

function hostBlock({ name, ssh }: ClusterNode): string {
  const { host, port, user, identity, jump, open = [] } = ssh;
  const lines = [
    `Host ${name}`,
    `  HostName ${withoutTokens(host)}`,
    ...(open.includes('port') ? [] : [`  Port ${port}`]),
    ...(open.includes('user') ? [] : [`  User ${value(user)}`]),
    ...(identity === undefined ? [] : [`  IdentityFile ${value(withoutTokens(identity))}`]),
    ...(jump === undefined ? [] : [`  ProxyJump ${jump.replace(/\s+/g, '')}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A block of ssh_config(5) for every node; what the cluster file leaves to the user's own configuration is left out. */
export function sshConfig(cluster: Cluster): { readonly ok: true; readonly text: string } | Refused {
  const problems = loginProblems(cluster);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, text: cluster.nodes.map(hostBlock).join('\n') };
}

import { join } from 'node:path';
import type { ClusterNode } from '../cluster/model.ts';

export interface TerminalPaths {
  readonly home: string;
  /** Further known_hosts files, beside those of ssh itself. */
  readonly knownHosts: readonly string[];
}

function expanded(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}

/** The arguments of `ssh` for a node; source: ssh(1), and ssh_config(5) for UserKnownHostsFile (names in double quotes). */
export function terminalArguments({ ssh }: ClusterNode, paths: TerminalPaths): readonly string[] {
  const files = paths.knownHosts.map((file) => `"${file}"`);
  return [
    // A port that the file leaves open is that of the ssh config, and ssh knows it best.
    ...(ssh.open?.includes('port') ? [] : ['-p', String(ssh.port)]),
    ...['-l', ssh.user],
    ...(ssh.identity === undefined ? [] : ['-i', expanded(ssh.identity, paths.home)]),
    ...(ssh.jump === undefined ? [] : ['-J', ssh.jump]),
    ...(files.length === 0 ? [] : ['-o', `UserKnownHostsFile=~/.ssh/known_hosts ${files.join(' ')}`]),
    '--',
    ssh.host,
  ];
}
